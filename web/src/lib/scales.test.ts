import { expect, test } from "vitest";

import { countScale, dayNumber, dayTicks, isoDay, tickWords } from "./scales";

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
  expect(dayTicks("2016-01-03", "2016-01-09")).toEqual(["2016-01-03", "2016-01-04", "2016-01-05", "2016-01-06", "2016-01-07", "2016-01-08", "2016-01-09"]);
  expect(dayTicks("2015-12-15", "2016-04-02")).toEqual(["2016-01-01", "2016-02-01", "2016-03-01", "2016-04-01"]);
  expect(dayTicks("2011-03-01", "2017-11-02")).toEqual(["2012-01-01", "2013-01-01", "2014-01-01", "2015-01-01", "2016-01-01", "2017-01-01"]);
  expect(dayTicks("1979-05-01", "2025-01-01").map((day) => day.slice(0, 4))).toEqual(["1980", "1990", "2000", "2010", "2020"]);
  expect(dayTicks("2016-03-27", "2016-03-27")).toEqual(["2016-03-27"]);
  expect(tickWords("2016-01-01", ["2016-01-01", "2017-01-01"])).toBe("2016");
  expect(tickWords("2016-04-01", ["2016-01-01", "2016-04-01"])).toBe("2016-04");
});
