import { expect, test } from "vitest";

import { FAMILIES, familyOf } from "./palette";

test.each([
  ["Air/drone strike", "remote"],
  ["Armed clash", "battle"],
  ["Battles", "battle"],
  ["control", "control"],
  ["something new", "strategic"],
  [null, "strategic"],
])("%s is of family %s", (type, family) => expect(familyOf(type).id).toBe(family));

test("every family has an outline of its own", () => {
  expect(FAMILIES.length).toBeGreaterThan(5);
  expect(new Set(FAMILIES.map(({ path }) => path)).size).toBe(FAMILIES.length);
});
