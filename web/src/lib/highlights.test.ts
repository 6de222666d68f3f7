import { describe, expect, test } from "vitest";

import { blocksOf, cut, dealt, pieces, unwrapped, type Mark } from "./highlights";

/** A mark on the first place of some words, as the server would give it. */
function mark(text: string, words: string, role: string, claim = "c1", field = role): Mark {
  const from_unit = text.indexOf(words);
  if (from_unit < 0) throw new Error(`"${words}" does not stand in "${text}"`);
  return { claim, field, role, from_unit, to_unit: from_unit + words.length };
}

function sorted(marks: Mark[]): Mark[] {
  return [...marks].sort((one, other) => one.from_unit - other.from_unit || other.to_unit - one.to_unit);
}

/** The words that the runs show for one mark. */
function shown(text: string, marks: Mark[], one: Mark): string {
  const said = cut(text, sorted(marks));
  if (one.role === "claim") return said.filter((part) => part.claims.includes(one.claim)).flatMap((part) => part.runs).map((run) => run.text).join("");
  return said.flatMap((part) => part.runs).filter((run) => run.marks.includes(one)).map((run) => run.text).join("");
}

const TEXTS: [string, string, string[]][] = [
  ["plain", "Rebels shelled the market of Homs on Friday.", ["Rebels", "the market of Homs", "market", "Friday"]],
  ["emoji", "🚀🚀 Drone 🛸 hit a depot 💥 near Kyiv 🇺🇦 👩‍👩‍👧‍👦 fled", ["Drone 🛸", "🇺🇦", "👩‍👩‍👧‍👦 fled", "🚀🚀", "💥 near Kyiv"]],
  ["Arabic", "قصف الطيران الروسي مدينة حلب يوم الجمعة وقتل 12 مدنياً", ["الطيران الروسي", "حلب", "12 مدنياً", "يوم الجمعة"]],
  ["mixed", "In حلب (Aleppo) الجيش took 3 villages", ["حلب", "حلب (Aleppo)", "الجيش took", "3 villages"]],
  ["Hebrew", "צה״ל תקף בעזה", ["צה״ל", "בעזה"]],
  ["combining marks", "Z\u0301olc\u0327 e\u0301te\u0301 frappe\u0301 a\u0300 Pha\u0323\u0302n", ["e\u0301te\u0301", "Pha\u0323\u0302n", "Z\u0301olc\u0327"]],
  ["vowel points", "هَاجَمَ الجَيْشُ المَدِينَةَ", ["الجَيْشُ", "المَدِينَةَ"]],
  ["overrides", "The \u202Eymra\u202C took \u2067\u200Fحمص\u2069 today", ["\u202Eymra\u202C", "\u2067\u200Fحمص\u2069", "today"]],
  ["joiners", "نیروهای می\u200Cجنگند در क्\u200Dष", ["می\u200Cجنگند", "क्\u200Dष"]],
];

describe("cutting a text", () => {
  test.each(TEXTS)("%s: every mark shows exactly its words", (_, text, words) => {
    const marks = [mark(text, text, "claim"), ...words.map((one, at) => mark(text, one, ["initiator", "target", "place", "date", "toll"][at % 5] as string, `c${at % 2}`, `f${at}`))];
    for (const one of marks) expect(shown(text, marks, one)).toBe(text.slice(one.from_unit, one.to_unit));
    expect(cut(text, sorted(marks)).flatMap((part) => part.runs).map((run) => run.text).join("")).toBe(text);
  });

  test("every pair of overlapping spans shows its words", () => {
    const text = "a\u{1F680}b\u0301cدe";
    const marks: Mark[] = [];
    for (let from = 0; from < text.length; from += 1)
      for (let to = from + 1; to <= text.length; to += 1) marks.push({ claim: "c", field: `${from}-${to}`, role: from % 2 ? "place" : "claim", from_unit: from, to_unit: to });
    for (const one of marks.filter((each) => each.role === "place")) expect(shown(text, marks, one)).toBe(text.slice(one.from_unit, one.to_unit));
  });

  test("where words serve several roles the doer wins over the place", () => {
    const text = "Homs rebels attacked.";
    const said = cut(text, sorted([mark(text, "Homs rebels", "initiator"), mark(text, "Homs", "place")]));
    expect(said.flatMap((part) => part.runs).map((run) => [run.text, run.role])).toEqual([["Homs", "initiator"], [" rebels", "initiator"], [" attacked.", null]]);
  });

  test("sentences of two claims that overlap are parted where they differ", () => {
    const text = "One two three";
    const said = cut(text, sorted([mark(text, "One two", "claim", "a"), mark(text, "two three", "claim", "b")]));
    expect(said.map((part) => [part.runs.map((run) => run.text).join(""), part.claims])).toEqual([["One ", ["a"]], ["two", ["a", "b"]], [" three", ["b"]]]);
  });

  test("a part of the text keeps the offsets of the whole", () => {
    const text = "First line\nSecond 🚀 line";
    const said = cut(text, [mark(text, "🚀", "arm")], 11, text.length);
    expect(said[0]?.runs.map((run) => [run.from, run.to, run.text])).toEqual([[11, 18, "Second "], [18, 20, "🚀"], [20, 25, " line"]]);
  });

  test("nothing marked is one run", () => {
    expect(cut("Calm.", [])).toEqual([{ from: 0, to: 5, claims: [], runs: [{ from: 0, to: 5, text: "Calm.", role: null, marks: [] }] }]);
    expect(cut("", [])).toEqual([]);
  });
});

describe("blocks", () => {
  test("lines with their sections, blank ones left out", () => {
    const text = "Title\n\nBody one\n \nBody two\nCopyright";
    const blocks = blocksOf(text, [[0, 5, "title"], [7, 26, "body"], [27, 36, "boilerplate"]]);
    expect(blocks.map((block) => [text.slice(block.from, block.to), block.kind])).toEqual([["Title", "title"], ["Body one", "body"], ["Body two", "body"], ["Copyright", "boilerplate"]]);
  });

  test("a wrapped paragraph is one block, and every offset holds", () => {
    const text = "The 🚀 hit a mar\nket in Homs.\n\nNext.";
    const shown = unwrapped(text, [16]);
    expect(shown).toBe("The 🚀 hit a mar ket in Homs.\n\nNext.");
    expect(blocksOf(shown, []).map((block) => [block.from, block.to])).toEqual([[0, 29], [31, 36]]);
    expect(unwrapped(text, [])).toBe(text);
  });

  test("a line is what most of it is", () => {
    const text = "7 April. Governor says. Many were killed in Homs.";
    expect(blocksOf(text, [[0, 8, "header"], [9, 23, "title"], [24, 49, "body"]]).map((block) => block.kind)).toEqual(["body"]);
  });

  test.each([
    ["words", "word ".repeat(5000)],
    ["one long word", "x".repeat(20_001)],
    ["emoji", "👩‍👩‍👧‍👦🚀".repeat(3000)],
    ["marks", "e\u0301\u0323".repeat(5000)],
  ])("a line without end (%s) is cut, and nothing is lost or torn", (_, text) => {
    const blocks = blocksOf(text, []);
    expect(blocks.length).toBeGreaterThan(3);
    expect(blocks.map((block) => text.slice(block.from, block.to)).join("")).toBe(text);
    for (const block of blocks) {
      expect(block.to - block.from).toBeLessThanOrEqual(4001);
      expect(text.slice(block.from, block.from + 1)).not.toMatch(/[\uDC00-\uDFFF\u200D\u0301\u0323]/u);
    }
  });

  test("marks are dealt to the blocks that they meet", () => {
    const text = "one two\nthree four\nfive";
    const marks = sorted([mark(text, "two\nthree", "claim"), mark(text, "four", "place"), mark(text, "five", "date")]);
    expect(dealt(blocksOf(text, []), marks).map((few) => few.map((one) => one.role))).toEqual([["claim"], ["claim", "place"], ["date"]]);
  });
});

describe("characters that steer direction", () => {
  test.each(TEXTS)("%s: pieces joined are the text", (_, text) => {
    expect(pieces(text).map((piece) => piece.text).join("")).toBe(text);
  });

  test("an override is named and shut in, a mark only named, a joiner is left alone", () => {
    expect(pieces("a\u202Eb\u200Fc\u200Cd").map((piece) => [piece.text, piece.control, piece.turns])).toEqual([
      ["a", null, false],
      ["\u202E", "RLO", true],
      ["b", null, false],
      ["\u200F", "RLM", false],
      ["c\u200Cd", null, false],
    ]);
  });
});
