import { expect, test } from "vitest";

import type { ControlView, Spot } from "../api/schema";
import { differences, within } from "./control";

const spot = (place: string, status: string, holder: string | null): Spot =>
  ({ control: { place, status, where: { name: place.toUpperCase() }, holder: null, opponents: [] }, holder, holder_name: holder, left: 0.5, colour: "0" }) as unknown as Spot;
const view = (...spots: Spot[]): ControlView => ({ on: "2016-01-01", by: "actor", first_day: null, last_day: null, spots, holders: [] });

test("what changed hands, came to be known, or is no longer known differs; what stayed does not", () => {
  const before = view(spot("b", "held", "army"), spot("a", "held", "isis"), spot("gone", "held", "isis"));
  const after = view(spot("b", "contested", "army"), spot("a", "held", "isis"), spot("new", "besieged", null));
  expect(differences(before, after).map((one) => [one.name, one.before?.control.status, one.after?.control.status])).toEqual([
    ["B", "held", "contested"],
    ["GONE", "held", undefined],
    ["NEW", undefined, "besieged"],
  ]);
});

test.each([
  ["2016-05-01", "2016-01-01", "2016-12-31", "2016-05-01"],
  ["2015-05-01", "2016-01-01", "2016-12-31", "2016-01-01"],
  ["2017-05-01", "2016-01-01", "2016-12-31", "2016-12-31"],
  ["2017-05-01", null, null, "2017-05-01"],
])("%s within %s and %s is %s", (day, first, last, kept) => expect(within(day, first, last)).toBe(kept));
