import { expect, test } from "vitest";

import type { Origin } from "../api/schema";
import { quotesOf, rowsOf, tollsOf } from "./accounts";

const toll = (low: number | null, high: number | null, words: string) => ({ low, best: null, high, who: null, words });
function origin(name: string, says: object, evidence: [string, string][], factuality = "asserted"): Origin {
  const claim = {
    id: `of ${name}`, report: "r", kind: "event", factuality, said_by: [], said_on: null, loaded: [], wording: [], notes: [], confidence: 1, certainty: {}, by: "",
    says: { type: "Attack", parties: [], where: [], when: null, killed: null, wounded: null, captured: null, arms: [], damage: [], outcome: null, ...says },
    evidence: evidence.map(([field, words]) => ({ field, start: 0, end: words.length, words })),
  };
  const report = { id: "r", title: null, source: { name: "A", id: null, kind: null, country: null, stands_with: [] }, published: null, language: null, url: null, claims: 1, copied_from: [] };
  return { witness: { id: name, name, kind: "outlet", side: [], organ: false, camp: null, heard: "" }, claims: [{ claim, report, incident: null, sentence: "", spans: [] }], repeated_by: [] } as unknown as Origin;
}

const ORIGINS = [
  origin("one", { killed: toll(12, null, "at least 12") }, [["killed", "at least 12"], ["claim", "…"]]),
  origin("two", { killed: toll(20, 20, "20"), damage: ["a bridge"] }, [["killed", "20"], ["damage", "a bridge"]], "denied"),
];

test("one row a field that anybody fills, one cell an origin, with the words behind it", () => {
  const rows = rowsOf(ORIGINS);
  expect(rows.map((row) => [row.label, row.cells.map((cells) => cells.map((cell) => cell.answers[0]?.words).join())])).toEqual([
    ["What", ["Attack", "Attack (denied)"]],
    ["Killed", ["12+", "20"]],
    ["Damage", ["", "a bridge"]],
    ["As told", ["asserted", "denied"]],
  ]);
  expect(rows[1]?.cells[0]?.[0]?.words).toEqual(["at least 12"]);
});

test("words behind a field over all accounts", () => {
  expect(quotesOf(ORIGINS, ["damage"]).map((one) => [one.line.claim.id, one.words])).toEqual([["of two", ["a bridge"]]]);
});

test("each account's own figure: what has no upper bound stays open", () => {
  expect(tollsOf(ORIGINS, "killed").map(({ label, low, best, high, open }) => [label, low, best, high, open])).toEqual([["one", 12, 12, 12, true], ["two", 20, 20, 20, false]]);
  expect(tollsOf(ORIGINS, "displaced")).toEqual([]);
});
