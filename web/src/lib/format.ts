/** How days, numbers and parties are written. Days stay ISO days: they sort, and nobody takes 3/4 for another day than was meant. */
import type { IncidentLine, Party, Toll } from "../api/schema";

const NUMBERS = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const number = (count: number): string => NUMBERS.format(count);
export const short = (count: number): string => SHORT.format(count);
export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** "1 report", "2 reports". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A span of days: "2016-02-15", "2016-02-15 to 17", "2016-02-28 to 03-01", "2016-12-31 to 2017-01-01"; a whole month or year is "2016-02", "2016". */
export function days(first: string | null | undefined, last: string | null | undefined): string {
  if (!first && !last) return "no day";
  if (!first) return `until ${last}`;
  if (!last || first === last) return first;
  if (first.endsWith("-01-01") && last === `${first.slice(0, 4)}-12-31`) return first.slice(0, 4);
  if (first.endsWith("-01") && first.slice(0, 7) === last.slice(0, 7) && Number(last.slice(8)) === daysOf(first)) return first.slice(0, 7);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${first} to ${last.slice(8)}`;
  if (first.slice(0, 4) === last.slice(0, 4)) return `${first} to ${last.slice(5)}`;
  return `${first} to ${last}`;
}

/** How many days the month of a day has. */
function daysOf(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
}

/** Losses over all witnesses (low, best, high): "12", "10 to 25, likely 12". */
export function losses(range: readonly number[] | null | undefined): string {
  if (!range) return "";
  const [low = 0, best = low, high = best] = range;
  if (low === high) return number(best);
  return best === low || best === high ? `${number(low)}–${number(high)}` : `${number(low)}–${number(high)}, likely ${number(best)}`;
}

/** A toll as one claim tells it: "12", "12+", "up to 30", "10–20". */
export function toll(told: Toll | null | undefined): string {
  if (!told) return "";
  const { low, best, high } = told;
  if (best != null && low === best && high == null) return `${number(best)}+`;
  if (low != null && high == null) return `${number(low)}+`;
  if (low == null && high != null) return `up to ${number(high)}`;
  if (low != null && high != null && low !== high) return `${number(low)}–${number(high)}`;
  return best != null ? number(best) : low != null ? number(low) : "";
}

/** Distances are told as roughly as they are known. */
export function km(distance: number | null | undefined): string {
  if (distance == null) return "";
  return distance < 10 ? `${Math.round(distance * 10) / 10} km` : `${number(Math.round(distance))} km`;
}

export const point = (lat: number, lon: number): string =>
  `${Math.abs(lat).toFixed(3)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(3)}° ${lon < 0 ? "W" : "E"}`;

/** The best name of a party: the roster's where it is known, else as told. */
export const named = (party: Party): string => party.names?.[0] ?? party.name;

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** The name of a country by its two letters. */
export function country(code: string | null | undefined): string {
  if (!code) return "";
  return /^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code;
}

/** An incident in one line of words: for titles, labels and screen readers. */
export function told(line: IncidentLine): string {
  const parts = [line.type ?? "Event", line.place ?? "place not known", days(line.first_day, line.last_day)];
  if (line.killed) parts.push(`${losses(line.killed)} killed`);
  return parts.join(", ");
}

/** A day some days later, as ISO. */
export function later(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one to another. */
export function between(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000);
}

/** Text in which controls that turn the direction of letters, or cannot be seen, are shown as what they are. */
export function bare(text: string): string {
  return text.replace(PILED, (_, kept: string, more: string) => `${kept}⟨+${[...more].length}⟩`).replace(UNSEEN, (sign) => `⟨${NAMES[sign] ?? `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`}⟩`);
}

// Marks piled on one letter beyond what any writing needs: they would reach over everything around.
const PILED = /(\p{M}{8})(\p{M}+)/gu;
// Controls but tab and line ends; bidi controls; zero-width signs but the joiners that Persian, Indic scripts and emoji need.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const NAMES: Record<string, string> = {
  "\u061c": "ALM", "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO",
  "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
};
