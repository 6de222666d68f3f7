/** Where an axis of days is labelled. */
import { between, later } from "./format";

export interface Mark {
  readonly day: string;
  readonly label: string;
}

const DAYS = [1, 2, 5, 7, 14];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000];

/** Round days, months or years between two days, at most so many: whichever are the finest. */
export function marks(first: string, last: string, most: number): Mark[] {
  if (!first || !last) return [];
  const total = between(first, last);
  const days = DAYS.find((step) => total / step < most);
  if (total < 90 && days) {
    return Array.from({ length: Math.floor(total / days) + 1 }, (_, at) => later(first, at * days)).map((day) => ({ day, label: day.slice(5) }));
  }
  const months = MONTHS.find((step) => total / 30.4 / step < most) ?? 12_000;
  const begun = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + (first.endsWith("-01") ? 0 : 1); // the first month that begins here
  const found: Mark[] = [];
  for (let at = Math.ceil(begun / months) * months; ; at += months) {
    const day = `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
    if (day > last) return found;
    found.push({ day, label: months >= 12 ? day.slice(0, 4) : day.slice(0, 7) });
  }
}
