import { describe, expect, test } from "vitest";

import { core } from "./dots";

describe("where a map of dots looks first", () => {
  const town = Array.from({ length: 40 }, (_, n) => ({ lat: 36 + (n % 7) / 10, lon: 37 + (n % 5) / 10 }));

  test("one place beyond an ocean does not decide it", () => {
    expect(core([...town, { lat: -12, lon: -77 }])).toEqual(town);
  });

  test("of few dots all are shown", () => {
    const few = [...town.slice(0, 5), { lat: -12, lon: -77 }];
    expect(core(few)).toEqual(few);
  });

  test("places that nobody is known to hold do not decide it", () => {
    const silent = Array.from({ length: 9 }, () => ({ lat: 55, lon: 37, opacity: 0 }));
    expect(core([...town, ...silent])).toEqual(town);
    expect(core(silent)).toEqual(silent);
  });

  test("two theatres of equal weight are both shown", () => {
    const other = town.map(({ lat, lon }) => ({ lat: lat - 30, lon: lon - 20 }));
    expect(core([...town, ...other])).toHaveLength(80);
  });
});
