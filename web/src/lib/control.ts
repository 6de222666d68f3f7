/** Control on two days beside each other: what differs, place by place. */

import type { ControlView, Spot } from "../api/schema";
import { controlWords } from "./telling";

interface Difference {
  readonly place: string;
  readonly name: string;
  readonly before: Spot | null;
  readonly after: Spot | null;
}

/** Places whose holder or state is another on the second day, by name. What was just heard again is no difference. */
export function differences(before: ControlView, after: ControlView): Difference[] {
  const old = new Map(before.spots.map((spot) => [spot.control.place, spot]));
  const now = new Map(after.spots.map((spot) => [spot.control.place, spot]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((place): Difference => {
      const [one, other] = [old.get(place) ?? null, now.get(place) ?? null];
      return { place, name: (other ?? one)?.control.where.name ?? place, before: one, after: other };
    })
    .filter((one) => state(one.before) !== state(one.after))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function state(spot: Spot | null): string {
  return spot ? `${spot.control.status}|${spot.holder ?? ""}` : "";
}

const FADED = 0.05; // what is left of a confidence below which nothing is known any more (docs/control.md)

export function faded(spot: Spot): boolean {
  return spot.left < FADED;
}

/** A spot's state in words; where nobody has told of it for long, "unknown; last known: held by ISIS". */
export function stateWords(spot: Spot): string {
  return faded(spot) ? `unknown; last known: ${controlWords(spot.control)}` : controlWords(spot.control);
}

/** A spot in words: "Raqqa: held by ISIS, confidence 40%". */
export function spotWords(spot: Spot): string {
  return `${spot.control.where.name}: ${stateWords(spot)}, confidence ${Math.round(spot.left * 100)}%`;
}

/** A day within two others. */
export function within(day: string, first: string | null | undefined, last: string | null | undefined): string {
  if (first && day < first) return first;
  return last && day > last ? last : day;
}
