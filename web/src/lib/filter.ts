/** Which incidents are meant: the part of an address's query that is a filter, in the same words as the API. */

export const MANY = ["type", "country", "actor", "arm", "source", "grade", "place"] as const;
export const ONE = ["q", "role", "from", "to", "box", "least"] as const;
export const SWITCHES = ["disputed", "undated", "mapped"] as const;

export type Many = (typeof MANY)[number];

const NAMES: readonly string[] = [...MANY, ...ONE, ...SWITCHES];

/** The filter of an address as a query for the API, always in the same order; `without` leaves some out, `more` lays others over. */
export function filterOf(query: URLSearchParams, { without = [], more = {} }: { without?: readonly string[]; more?: Record<string, string> } = {}): string {
  const filter = new URLSearchParams();
  for (const name of NAMES) {
    if (without.includes(name) || name in more) continue;
    for (const value of query.getAll(name)) if (value !== "") filter.append(name, value);
  }
  for (const [name, value] of Object.entries(more)) if (value !== "") filter.append(name, value);
  return filter.toString();
}

/** Whether an address filters at all. */
export const filters = (query: URLSearchParams): boolean => NAMES.some((name) => query.get(name));

/** All of a filter taken away: what to hand to `address.set`. */
export const NOTHING: Record<string, null> = Object.fromEntries(NAMES.map((name) => [name, null]));

/** A field's filter taken away, with what says nothing without it: a part is the part of an actor. */
export const without = (name: string): Record<string, null> => (name === "actor" ? { actor: null, role: null } : { [name]: null });

/** One condition of a filter as it is told, and what is left of its name's values without it. */
export interface Condition {
  readonly name: string;
  readonly value: string;
  readonly words: string;
  readonly left: readonly string[];
}

const WORDS: Record<string, (value: string) => string> = {
  q: (value) => `“${value}”`,
  role: (value) => `as ${value}`,
  from: (value) => `from ${value}`,
  to: (value) => `to ${value}`,
  box: () => "in the area drawn",
  least: (value) => `claims at least ${Math.round(Number(value) * 100)}% sure`,
  disputed: () => "disputed",
  undated: () => "without a day",
  mapped: () => "on the map",
};

/** The conditions of an address in words; `label` names ids. */
export function conditions(query: URLSearchParams, label: (name: string, value: string) => string = (_, value) => value): Condition[] {
  return NAMES.flatMap((name) => {
    const values = query.getAll(name).filter(Boolean);
    return values.map((value) => ({
      name,
      value,
      words: WORDS[name]?.(value) ?? label(name, value),
      left: values.filter((other) => other !== value),
    }));
  });
}

export type Box = readonly [west: number, south: number, east: number, north: number];

/** A box as the API wants it, to about 100 m. */
export const told = (box: Box): string => box.map((degrees) => String(Math.round(degrees * 1000) / 1000)).join(",");

/** A box as it stands in an address; `null` where it is none. */
export function boxOf(text: string): Box | null {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || south! > north!) return null;
  return [west!, south!, east!, north!];
}

export interface Sight {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

/** What the map looks at, as it stands in an address: "36.68,35.65,7.5". */
export const sighted = ({ lon, lat, zoom }: Sight): string =>
  `${lon.toFixed(zoom > 8 ? 4 : 2)},${lat.toFixed(zoom > 8 ? 4 : 2)},${(Math.round(zoom * 10) / 10).toString()}`;

export function sightOf(text: string): Sight | null {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  const [lon, lat, zoom] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  if (Math.abs(lat!) > 86 || zoom! < 0 || zoom! > 24) return null;
  return { lon: lon!, lat: lat!, zoom: zoom! };
}
