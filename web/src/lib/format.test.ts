import { describe, expect, test } from "vitest";

import { bare, between, country, counted, days, km, later, losses, point, toll } from "./format";

describe("days", () => {
  test.each([
    ["2016-02-15", "2016-02-15", "2016-02-15", "one day"],
    ["2016-02-15", "2016-02-17", "2016-02-15 to 17", "of one month"],
    ["2016-02-28", "2016-03-01", "2016-02-28 to 03-01", "of one year"],
    ["2016-12-31", "2017-01-01", "2016-12-31 to 2017-01-01", "over the new year"],
    ["2016-02-01", "2016-02-29", "2016-02", "a whole month, of a leap year"],
    ["2015-02-01", "2015-02-28", "2015-02", "a whole month"],
    ["2016-02-01", "2016-02-28", "2016-02-01 to 28", "not quite the whole month"],
    ["2016-01-01", "2016-12-31", "2016", "a whole year"],
    [null, null, "no day", "not known"],
    [null, "2016-02-15", "until 2016-02-15", "no beginning"],
  ])("%s, %s → %s (%s)", (first, last, words, _why) => expect(days(first, last)).toBe(words));

  test("are counted over months and summer time", () => {
    expect(later("2016-02-28", 2)).toBe("2016-03-01");
    expect(between("2016-03-26", "2016-03-28")).toBe(2);
  });
});

describe("numbers of people", () => {
  test.each([
    [[12, 12, 12], "12", "all agree"],
    [[10, 12, 25], "10–25, likely 12", "between"],
    [[12, 12, 25], "12–25", "the lowest is likeliest"],
    [[0, 0, 0], "0", "nobody is a number too"],
    [null, "", "not told"],
  ])("%j → %s (%s)", (range, words, _why) => expect(losses(range)).toBe(words));

  const told = (low: number | null, best: number | null, high: number | null) => ({ low, best, high, whom: null, name: "" }) as never;
  test.each([
    [told(25, 25, null), "25+", "at least"],
    [told(null, null, 30), "up to 30", "at most"],
    [told(10, null, 20), "10–20", "between"],
    [told(12, 12, 12), "12", "just so"],
  ])("%j → %s (%s)", (one, words, _why) => expect(toll(one)).toBe(words));

  test("counted", () => {
    expect(counted(1, "report")).toBe("1 report");
    expect(counted(1200, "report")).toBe("1,200 reports");
    expect(counted(2, "witness", "witnesses")).toBe("2 witnesses");
  });
});

test("distances are told as roughly as they are known", () => {
  expect(km(1.54)).toBe("1.5 km");
  expect(km(42.7)).toBe("43 km");
  expect(km(null)).toBe("");
});

test("points and countries", () => {
  expect(point(-3.5, 36.25)).toBe("3.500° S, 36.250° E");
  expect(country("SY")).toBe("Syria");
  expect(country("disputed")).toBe("disputed");
});

describe("what turns or hides letters is shown", () => {
  test.each([
    ["a\u202eb", "a⟨RLO⟩b", "an override"],
    ["\u2067شمال\u2069", "⟨RLI⟩شمال⟨PDI⟩", "isolates, the Arabic as it was"],
    ["a\u200bb\ufeff", "a⟨ZWSP⟩b⟨BOM⟩", "spaces without width"],
    ["a\u0000b\u0085", "a⟨U+0000⟩b⟨U+0085⟩", "controls"],
    ["line\n\ttab", "line\n\ttab", "lines and tabs stay"],
    ["👩\u200d🚀 می\u200cخواهم", "👩\u200d🚀 می\u200cخواهم", "joiners belong to letters"],
  ])("%j → %s (%s)", (text, shown, _why) => expect(bare(text)).toBe(shown));
  test("piled marks are shown as how many they are", () => expect(bare(`Z${"\u0301".repeat(10)}!`)).toBe(`Z${"\u0301".repeat(8)}⟨+2⟩!`));
});
