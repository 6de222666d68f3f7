/** An incident's accounts beside each other: for every field what each origin says of it, and the words behind that. */

import type { ClaimLine, Origin, Span } from "../api/schema";
import { fieldsOf, pageOf, saying, voiceWords, what, type Answer } from "./telling";

/** What one claim says of a field, with the words it stands on. */
export interface Cell {
  readonly line: ClaimLine;
  readonly answers: readonly Answer[];
  readonly words: readonly string[];
}

interface Row {
  readonly label: string;
  readonly role: string;
  /** Names of the evidence behind it, and of the rule and the dispute about it. */
  readonly evidence: readonly string[];
  /** By origin, in the order of the columns. */
  readonly cells: readonly (readonly Cell[])[];
}

const ORDER = ["What", "Who", "With", "To whom", "Where", "When", "Killed", "Wounded", "Captured", "Displaced", "Arms", "Damage", "Outcome", "As told"];

/** One row a field, the fields that nobody fills left out. */
export function rowsOf(origins: readonly Origin[]): Row[] {
  const rows = new Map<string, { label: string; role: string; evidence: readonly string[]; cells: Cell[][] }>();
  origins.forEach((origin, column) => {
    for (const line of origin.claims) {
      for (const field of fieldsOfAccount(line)) {
        const row = rows.get(field.label) ?? { label: field.label, role: field.role, evidence: field.evidence, cells: origins.map(() => []) };
        rows.set(field.label, row);
        row.cells[column]?.push({ line, answers: field.answers, words: wordsOf(line, field.evidence) });
      }
    }
  });
  return [...rows.values()].sort((one, other) => ORDER.indexOf(one.label) - ORDER.indexOf(other.label));
}

function fieldsOfAccount(line: ClaimLine) {
  const { claim } = line;
  return [
    { label: "What", role: "detail", evidence: ["type"], answers: [{ words: claim.factuality === "denied" ? `${what(claim)} (denied)` : what(claim) }] },
    ...fieldsOf(saying(claim)),
    { label: "As told", role: "speaker", evidence: ["said_by"], answers: [{ words: voiceWords(claim) }] },
  ];
}

/** The words of a claim that stand behind a field, each once. */
function wordsOf(line: ClaimLine, evidence: readonly string[]): string[] {
  return [...new Set(line.claim.evidence.filter((passage) => evidence.includes(passage.field)).map((passage) => passage.words))];
}

/** Words behind a field over all accounts: who says it in which words. The fullest first, as the accounts come. */
export function quotesOf(origins: readonly Origin[], evidence: readonly string[]): { line: ClaimLine; words: string[] }[] {
  return origins.flatMap((origin) => origin.claims).flatMap((line) => {
    const words = wordsOf(line, evidence);
    return words.length ? [{ line, words }] : [];
  });
}

/** The marks of a claim's sentence for its fields alone: the sentence is shown by itself, so that shading all of it says nothing. */
export function sentenceMarks(line: ClaimLine): Span[] {
  return line.spans.filter((span) => span.role !== "claim");
}

/** What each account itself gives of a loss, as ranges: "12+" has no more than its lowest. */
export function tollsOf(origins: readonly Origin[], status: string): { label: string; low: number; best: number | null; high: number; open: boolean; note: string; account: true; to: string }[] {
  if (status !== "killed" && status !== "wounded" && status !== "captured") return [];
  return origins.flatMap((origin) =>
    origin.claims.flatMap(({ claim, report }) => {
      const told = saying(claim)[status];
      const low = told?.low ?? told?.best ?? told?.high;
      if (told == null || low == null) return [];
      const high = told.high ?? told.best ?? low;
      return [{ label: origin.witness.name, low: told.low ?? 0, best: low === high ? low : (told.best ?? null), high, open: told.high == null, note: `“${told.words}”`, account: true as const, to: `${pageOf("report", report.id)}?claim=${encodeURIComponent(claim.id)}&field=${status}` }];
    }),
  );
}
