import { expect, test } from "vitest";

import type { Claim, Control, Losses } from "../api/schema";
import { controlWords, fieldsOfClaim, heading, inWords, lossWords, placeWords, pointWords, shareWords, voiceWords, what } from "./telling";

const BARE = {
  id: "c1", report: "r1", kind: "event", evidence: [], factuality: "asserted", said_by: [], said_on: null, loaded: [], wording: [], notes: [], confidence: 0.5, certainty: {}, by: "",
  says: { type: "Air/drone strike", parties: [], where: [], when: null, killed: null, wounded: null, captured: null, arms: [], damage: [], outcome: null },
} as unknown as Claim;
const claim = (changes: object): Claim => ({ ...BARE, ...changes }) as unknown as Claim;

test.each([
  [{ low: 15, best: 17, high: 18, open: false, whom: "all" }, "17 killed (15 to 18)"],
  [{ low: 4, best: 4, high: 4, open: true, whom: "civilians" }, "4+ killed, civilians"],
])("a loss %o is %s", (loss, words) => expect(lossWords({ status: "killed", rule: "", witnesses: [], ...loss } as Losses)).toBe(words));

test.each([
  [claim({}), "Air/drone strike"],
  [claim({ says: { ...(BARE.says as object), type: null } }), "Event"],
  [claim({ kind: "plan", says: { event: { type: "Armed clash" }, mode: "threatened" } }), "Plan: Armed clash (threatened)"],
  [claim({ kind: "control", says: { status: "besieged", share: 0.6 } }), "Control: besieged, 60%"],
  [claim({ kind: "holding", says: { way: "operates" } }), "Holding: operates"],
])("what is claimed", (one, words) => expect(what(one)).toBe(words));

test("a voice names the nearest speaker", () => {
  expect(voiceWords(claim({ factuality: "claimed", said_by: ["the\nObservatory", "AFP"] }))).toBe("claimed by the Observatory");
  expect(voiceWords(claim({ factuality: "reported", said_by: ["a source"] }))).toBe("reported (a source)");
  expect(voiceWords(claim({}))).toBe("asserted");
});

test("fields of a claim come in order, each with the evidence behind it, and none is empty", () => {
  const one = claim({
    said_by: ["SANA"],
    says: {
      ...(BARE.says as object),
      parties: [{ role: "initiator", name: "Russian\nwarplanes", actor: "ru/air force", kind: null, names: [] }],
      where: [{ name: "Homs", relation: "30km south of Homs", place: "gn:1", lat: 34.7, lon: 36.7, radius_km: 8.04, rule: "near Homs" }],
      killed: { low: 12, best: null, high: null, who: "people", words: "at least 12" },
    },
  });
  expect(fieldsOfClaim(one).map((field) => [field.label, field.role, field.answers[0]?.words, field.answers[0]?.to])).toEqual([
    ["Who", "initiator", "Russian warplanes", "/actor/ru%2Fair%20force"],
    ["Where", "place", "Homs (30km south of Homs)", "/place/gn%3A1"],
    ["Killed", "toll", "12+ (people)", undefined],
    ["Said by", "speaker", "SANA", undefined],
  ]);
});

test("places, points, shares, lists", () => {
  expect(placeWords({ name: "Homs", relation: "Homs" })).toBe("Homs");
  expect(pointWords({ lat: -1.5, lon: 36.25, radius_km: 1.5 })).toBe("1.500° S, 36.250° E ± 1.5 km");
  expect(pointWords({ lat: null, lon: null })).toBe("");
  expect(shareWords(12, 40)).toBe("12 of 40 (30%)");
  expect(shareWords(0, 0)).toBe("0");
  expect(inWords(["a", "b", "c", "d"])).toBe("a, b, c and d");
  expect(inWords(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
});

test("a heading says what, by whom, against whom, where and when", () => {
  const party = (name: string) => ({ role: "initiator", name, actor: null, kind: null, names: [] });
  const line = { type: "Armed clash", initiators: [party("rebels")], targets: [party("army")], place: "Homs", first_day: "2016-03-27", last_day: "2016-03-27" };
  expect(heading(line)).toBe("Armed clash by rebels, against army, Homs, 2016-03-27");
  expect(heading({ ...line, type: null, initiators: [], place: null, first_day: null, last_day: null })).toBe("Event concerning army");
});

test.each([
  [{ status: "held", holder: { name: "army" }, opponents: [], share: null }, "held by army"],
  [{ status: "contested", holder: { name: "ISIS" }, opponents: [{ name: "SDF" }], share: null }, "contested by SDF, held by ISIS"],
  [{ status: "partly", holder: { name: "SDF" }, opponents: [{ name: "ISIS" }], share: 0.6 }, "60% held by SDF, the rest by ISIS"],
  [{ status: "unknown", holder: null, opponents: [], share: null }, "unknown"],
])("control %o in words", (control, words) => expect(controlWords(control as unknown as Control)).toBe(words));
