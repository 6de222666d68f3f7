import { expect, test } from "vitest";

import { HOLDERS } from "../lib/palette";
import { holderColour, holderLetter } from "./control";

test("no two of many holders look alike", () => {
  const seen = Array.from({ length: 60 }, (_, at) => holderColour(String(at)) + holderLetter(String(at)));
  expect(new Set(seen).size).toBe(60);
  expect(seen.slice(0, HOLDERS.length)).toEqual([...HOLDERS]);
});
