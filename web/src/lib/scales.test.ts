import { expect, test } from "vitest";

import { countScale, dayNumber, isoDay } from "./scales";

test.each([
  [[0], [0, 1]],
  [[1, 3], [0, 1, 2, 3]],
  [[12, 40], [0, 10, 20, 30, 40]],
  [[7, 175], [0, 50, 100, 150, 200]],
])("counts %o are written at %o", (values, ticks) => expect(countScale(values).ticks).toEqual(ticks));

test("a scale keeps order, begins at nothing and ends within the width, also where one value dwarfs all others", () => {
  for (const values of [[1, 2, 90], [1, 250_000], [3, 12, 48_000]]) {
    const { at, ticks } = countScale(values);
    expect(at(0)).toBe(0);
    expect(at(ticks.at(-1) as number)).toBe(1);
    const places = values.map(at);
    expect([...places].sort((one, other) => one - other)).toEqual(places);
    expect(places.at(-1)).toBeLessThanOrEqual(1);
  }
  expect(countScale([1, 250_000]).at(1)).toBeGreaterThan(0.03);
});

test("days and their numbers", () => {
  expect(isoDay(dayNumber("2016-02-29"))).toBe("2016-02-29");
  expect(dayNumber("2016-03-01") - dayNumber("2016-02-28")).toBe(2);
});
