/** Which words of a report serve which claims, cut into runs that a screen can show. Offsets are UTF-16 units, as the browser counts. */

import type { ReportView, Span } from "../api/schema";

/** The part of a span that cutting needs. */
export type Mark = Pick<Span, "claim" | "field" | "role" | "from_unit" | "to_unit">;

/** Where words stand: from and to. */
export type Stretch = readonly [number, number];

/** The marks of a report's whole text, in the order in which they begin. */
export function marksOf(view: Pick<ReportView, "spans" | "ids" | "roles">): Mark[] {
  return view.spans.map(([from_unit, to_unit, claim, field]) => ({ claim: view.ids[claim] ?? "", field, role: view.roles[field] ?? "detail", from_unit, to_unit }));
}

/** Words that serve the same marks from first to last; none where nothing is marked. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What colours it: the role that wins among its marks; null outside all fields. */
  readonly role: string | null;
  /** The fields it is evidence for, without the sentences that state claims. */
  readonly marks: readonly Mark[];
}

/** Neighbouring runs within the same stated claims: a sentence with its parts, or what stands between sentences. */
export interface Said {
  readonly from: number;
  readonly to: number;
  /** The claims that these words state. */
  readonly claims: readonly string[];
  readonly runs: readonly Run[];
}

/** A stretch of text that is shown as one block. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
}

/** The roles, the one that wins where words serve several first (as `desk/highlights.py` has them), and what states no claim. */
const ROLES = ["initiator", "target", "toll", "arm", "place", "date", "speaker", "detail", "unread"] as const;

const STATES = "claim"; // the role of the sentences that state a claim
export const PLAIN = "plain"; // the role of words that serve nothing, but whose steering characters must be shown

/** The text from `from` to `to`, cut wherever a mark begins or ends, without gaps and without losing or adding a unit. */
export function cut(text: string, marks: readonly Mark[], from = 0, to = text.length): Said[] {
  const mine = marks.filter((mark) => mark.from_unit < to && mark.to_unit > from);
  const places = new Set([from, to]);
  for (const mark of mine) for (const at of [mark.from_unit, mark.to_unit]) if (at > from && at < to) places.add(at);
  const cuts = [...places].sort((one, other) => one - other);
  const found: { from: number; to: number; claims: string[]; runs: Run[] }[] = [];
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [first, last] = [cuts[at] as number, cuts[at + 1] as number];
    const here = mine.filter((mark) => mark.from_unit <= first && mark.to_unit >= last);
    const claims = [...new Set(here.filter((mark) => mark.role === STATES).map((mark) => mark.claim))].sort();
    const run = runOf(text, first, last, here.filter((mark) => mark.role !== STATES && mark.role !== PLAIN));
    const before = found.at(-1);
    if (before && same(before.claims, claims)) {
      before.runs.push(run);
      before.to = last;
    } else found.push({ from: first, to: last, claims, runs: [run] });
  }
  return found;
}

function runOf(text: string, from: number, to: number, marks: readonly Mark[]): Run {
  const role = marks.length === 0 ? null : (ROLES.find((role) => marks.some((mark) => mark.role === role)) ?? "detail");
  return { from, to, text: text.slice(from, to), role, marks };
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}

/** The marks that meet each block, found in one pass. Both must be sorted by where they begin. */
export function dealt(blocks: readonly Block[], marks: readonly Mark[]): Mark[][] {
  const open: Mark[] = [];
  let next = 0;
  return blocks.map((block) => {
    for (; next < marks.length && (marks[next] as Mark).from_unit < block.to; next += 1) open.push(marks[next] as Mark);
    for (let at = open.length - 1; at >= 0; at -= 1) if ((open[at] as Mark).to_unit <= block.from) open.splice(at, 1);
    return [...open];
  });
}

/** The text with spaces for the line ends that only wrap a paragraph: as long as before, so that all offsets hold. */
export function unwrapped(text: string, wraps: readonly number[]): string {
  let [shown, from] = ["", 0];
  for (const at of wraps) {
    shown += `${text.slice(from, at)} `;
    from = at + 1;
  }
  return shown + text.slice(from);
}

const LONGEST = 4000; // units of one block; a line without end is cut so that the browser can leave out what is not in view

type Section = readonly [from: number, to: number, kind: string];

/** What most of a line is, for a title and a day may be run into its first sentence. `section` is the first that may meet it. */
function kindOf(sections: readonly Section[], section: number, start: number, stop: number): string {
  const shares = new Map<string, number>();
  for (let at = section; at < sections.length && (sections[at] as Section)[0] < stop; at += 1) {
    const [from, to, kind] = sections[at] as Section;
    shares.set(kind, (shares.get(kind) ?? 0) + Math.min(to, stop) - Math.max(from, start));
  }
  return [...shares].sort((one, other) => other[1] - one[1])[0]?.[0] ?? "body";
}

/**
 * The lines of a text that are not blank, each with the kind of section that most of it is (`body` where none is told). Very long
 * lines are cut between characters, rather at a space.
 */
export function blocksOf(text: string, sections: readonly Section[]): Block[] {
  const found: Block[] = [];
  let section = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const stop = newline < 0 ? text.length : newline;
    if (text.slice(start, Math.min(stop, start + LONGEST)).trim() !== "" || stop - start > LONGEST) {
      while (section < sections.length && (sections[section] as Section)[1] <= start) section += 1;
      const kind = kindOf(sections, section, start, stop);
      for (let from = start; from < stop; ) {
        const to = endOf(text, from, stop);
        found.push({ from, to, kind });
        from = to;
      }
    }
    start = stop + 1;
  }
  return found;
}

function endOf(text: string, from: number, stop: number): number {
  if (stop - from <= LONGEST) return stop;
  const space = text.lastIndexOf(" ", from + LONGEST);
  if (space > from + LONGEST / 2) return space + 1;
  let to = from + LONGEST;
  while (to > from + 1 && !/^(?![\uDC00-\uDFFF\u200D\uFE0E\uFE0F]|\p{M})/u.test(text.slice(to, to + 2))) to -= 1;
  return to;
}

/** A piece of a run: plain words, or one character that steers the direction of text or is not seen. */
interface Piece {
  readonly text: string;
  /** Short name of the character, "RLO"; null for words. */
  readonly control: string | null;
  /** Whether it would turn what follows it, so that it must be shut in. */
  readonly turns: boolean;
}

const CONTROLS: Readonly<Record<string, string>> = {
  "\u061C": "ALM",
  "\u200B": "ZWSP",
  "\u200E": "LRM",
  "\u200F": "RLM",
  "\u202A": "LRE",
  "\u202B": "RLE",
  "\u202C": "PDF",
  "\u202D": "LRO",
  "\u202E": "RLO",
  "\u2060": "WJ",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\uFEFF": "BOM",
};
const CONTROL = new RegExp(`([${Object.keys(CONTROLS).join("")}])`, "u");

/** Whether a text holds characters that steer direction or are not seen. */
export function steers(text: string): boolean {
  return CONTROL.test(text);
}

/** Words and the characters between them that steer direction or are not seen. Joined, the pieces are the text again. */
export function pieces(text: string): Piece[] {
  if (!steers(text)) return [{ text, control: null, turns: false }];
  return text
    .split(CONTROL)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, control: CONTROLS[part] ?? null, turns: /^[\u202A-\u202E\u2066-\u2069]$/u.test(part) }));
}
