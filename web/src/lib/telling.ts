/** Claims and incidents in few words: the same words as the terminal's tables use. */

import type { Arming, Claim, Control, Event, Hold, IncidentLine, Losses, Party, Plan, Tally, Toll, When, Where } from "./shapes";

/** What a claim says; of a plan the event planned. Parts that its kind has none of are absent. */
export type Saying = Partial<Omit<Event, "parties" | "where" | "when">> &
  Partial<Pick<Hold, "status" | "share">> &
  Partial<Pick<Tally, "displaced">> &
  Partial<Pick<Arming, "way">> & { readonly parties: readonly Party[]; readonly where: readonly Where[]; readonly when: When | null };

export function saying(claim: Claim): Saying {
  const says = claim.kind === "plan" ? (claim.says as Plan).event : claim.says;
  return says as unknown as Saying;
}

/** What kind of thing is claimed: "Air/drone strike", "Plan: Armed clash (threatened)", "Control: besieged". */
export function what(claim: Claim): string {
  const said = saying(claim);
  switch (claim.kind) {
    case "event":
      return said.type ?? "Event";
    case "plan":
      return `Plan: ${said.type ?? "event"} (${(claim.says as Plan).mode})`;
    case "control":
      return `Control: ${said.status}${said.share == null ? "" : `, ${Math.round(said.share * 100)}%`}`;
    case "toll":
      return "Toll";
    case "holding":
      return `Holding: ${said.way}`;
  }
}

export function on_one_line(words: string): string {
  return words.split(/\s+/u).filter(Boolean).join(" ");
}

/** Names of the parties in a role, as told. */
export function sides(of: { readonly parties: readonly Party[] }, role: string): Party[] {
  return of.parties.filter((party) => party.role === role);
}

/** A place as told: "Hisyah (30km south of Homs)". */
export function place_words(where: Pick<Where, "name" | "relation">): string {
  const more = where.relation && where.relation !== where.name ? ` (${where.relation})` : "";
  return on_one_line(`${where.name}${more}`);
}

/** Where a point lies and how far off it may be: "36.20° N 37.16° E ± 28 km"; "" where there is none. */
export function point_words(where: { readonly lat?: number | null; readonly lon?: number | null; readonly radius_km?: number | null }): string {
  if (where.lat == null || where.lon == null) return "";
  const reach = where.radius_km ? ` ± ${tidy(where.radius_km)} km` : "";
  return `${Math.abs(where.lat).toFixed(2)}° ${where.lat < 0 ? "S" : "N"} ${Math.abs(where.lon).toFixed(2)}° ${where.lon < 0 ? "W" : "E"}${reach}`;
}

function tidy(km: number): string {
  return km < 10 ? String(Math.round(km * 10) / 10) : String(Math.round(km));
}

/** A number as far as it is known: "29", "12+", "up to 400", "10 to 15". */
export function count_words(toll: Pick<Toll, "low" | "high">): string {
  if (toll.low == null) return toll.high == null ? "some" : `up to ${number_words(toll.high)}`;
  if (toll.high == null) return `${number_words(toll.low)}+`;
  return toll.low === toll.high ? number_words(toll.low) : `${number_words(toll.low)} to ${number_words(toll.high)}`;
}

export function number_words(count: number): string {
  return count.toLocaleString("en");
}

export function some(count: number, one: string, many = `${one}s`): string {
  return `${number_words(count)} ${count === 1 ? one : many}`;
}

/** A share in words, with its base: "12 of 40 (30%)". */
export function share_words(part: number, whole: number): string {
  return whole === 0 ? "0" : `${number_words(part)} of ${number_words(whole)} (${Math.round((100 * part) / whole)}%)`;
}

/** A loss in few words: "17 killed (15 to 18)", "4+ wounded, civilians". */
export function loss_words(one: Losses): string {
  const span = one.low === one.high ? "" : ` (${number_words(one.low)} to ${number_words(one.high)})`;
  return `${number_words(one.best)}${one.open ? "+" : ""} ${one.status}${one.whom === "all" ? "" : `, ${one.whom}`}${span}`;
}

/** How a report stands to what it says: "claimed by the Observatory", "asserted". */
export function voice_words(claim: Claim): string {
  const speaker = claim.said_by[0];
  if (speaker === undefined) return claim.factuality;
  return claim.factuality === "reported" ? `reported (${on_one_line(speaker)})` : `${claim.factuality} by ${on_one_line(speaker)}`;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** A day as people write it: "5 March 2016". What is no ISO day stays as it is. */
export function day_words(day: string): string {
  const [year, month, date] = day.slice(0, 10).split("-").map(Number);
  const name = MONTHS[(month ?? 0) - 1];
  return name && date ? `${date} ${name} ${year}` : day;
}

/** A span of days: "27 March 2016", "1 to 5 March 2016", "March 2016", "2016", "since …", "until …", "" where nothing is known. */
export function days_words(first: string | null | undefined, last: string | null | undefined): string {
  if (!first && !last) return "";
  if (!first) return `until ${day_words(last as string)}`;
  if (!last) return `since ${day_words(first)}`;
  if (first === last) return day_words(first);
  const [year, month] = [first.slice(0, 4), first.slice(0, 7)];
  if (first === `${year}-01-01` && last.endsWith("-12-31")) return last.startsWith(year) ? year : `${year} to ${last.slice(0, 4)}`;
  if (first === `${month}-01` && last.startsWith(month) && last === end_of_month(month)) return `${MONTHS[Number(month.slice(5)) - 1]} ${year}`;
  if (last.startsWith(month)) return `${Number(first.slice(8))} to ${day_words(last)}`;
  if (last.startsWith(year)) return `${day_words(first).replace(/ \d+$/, "")} to ${day_words(last)}`;
  return `${day_words(first)} to ${day_words(last)}`;
}

function end_of_month(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return `${month}-${String(new Date(Date.UTC(year as number, number as number, 0)).getUTCDate()).padStart(2, "0")}`;
}

const BASES: Readonly<Record<string, string>> = {
  relative: "reckoned from the report's day",
  context: "from a sentence nearby",
  published: "the report's own day",
  unknown: "",
};

/** How a day became known: "Sunday, reckoned from the report's day". */
export function basis_words(when: When): string {
  const told = when.words ? `“${on_one_line(when.words)}”` : "";
  return [told, BASES[when.basis] ?? "", when.time_of_day ?? ""].filter(Boolean).join(", ");
}

/** One answer of a field. */
export interface Answer {
  readonly words: string;
  /** What is known beside the words: coordinates, how a day was reckoned. */
  readonly note?: string;
  /** A screen about it. */
  readonly to?: string;
}

/** A field of a claim or of an incident with its answers. */
export interface Field {
  readonly label: string;
  /** Names of the evidence that stands behind it, and of the rule that chose it. */
  readonly evidence: readonly string[];
  readonly role: string;
  readonly answers: readonly Answer[];
}

export function page_of(kind: "actor" | "place" | "arm" | "event" | "report", id: string): string {
  return `/${kind}/${encodeURIComponent(id)}`;
}

function parties(said: Saying, role: string): Answer[] {
  return sides(said, role).map((party) => ({ words: on_one_line(party.name), ...(party.actor ? { to: page_of("actor", party.actor) } : {}) }));
}

function places(said: Saying): Answer[] {
  return said.where.map((where) => ({
    words: place_words(where),
    note: [point_words(where), where.rule].filter(Boolean).join(": "),
    ...(where.place ? { to: page_of("place", where.place) } : {}),
  }));
}

function days(when: When | null | undefined): Answer[] {
  const words = when ? days_words(when.start, when.end) : "";
  return when && words ? [{ words, note: basis_words(when) }] : [];
}

function toll(said: Saying, status: "killed" | "wounded" | "captured" | "displaced"): Answer[] {
  const told = said[status];
  return told ? [{ words: `${count_words(told)}${told.who ? ` (${on_one_line(told.who)})` : ""}`, note: `“${on_one_line(told.words)}”` }] : [];
}

function plain(words: readonly string[] | undefined): Answer[] {
  return (words ?? []).map((one) => ({ words: on_one_line(one) }));
}

/** The fields of what is said in the order in which people ask: who, to whom, where, when, with what, how many. */
export function fields_of(said: Saying): Field[] {
  const all: Field[] = [
    { label: "Who", evidence: ["initiators"], role: "initiator", answers: parties(said, "initiator") },
    { label: "With", evidence: ["supporters"], role: "initiator", answers: parties(said, "supporter") },
    { label: "To whom", evidence: ["targets"], role: "target", answers: parties(said, "target") },
    { label: "Where", evidence: ["places", "where", "place"], role: "place", answers: places(said) },
    { label: "When", evidence: ["date", "when"], role: "date", answers: days(said.when) },
    { label: "Killed", evidence: ["killed"], role: "toll", answers: toll(said, "killed") },
    { label: "Wounded", evidence: ["wounded"], role: "toll", answers: toll(said, "wounded") },
    { label: "Captured", evidence: ["captured"], role: "toll", answers: toll(said, "captured") },
    { label: "Displaced", evidence: ["displaced"], role: "toll", answers: toll(said, "displaced") },
    {
      label: "Arms",
      evidence: ["weapons", "arms"],
      role: "arm",
      answers: (said.arms ?? []).map((use) => ({ words: on_one_line(use.name), ...(use.arm ? { to: page_of("arm", use.arm) } : {}) })),
    },
    { label: "Damage", evidence: ["damage"], role: "detail", answers: plain(said.damage) },
    { label: "Outcome", evidence: ["outcome"], role: "detail", answers: plain(said.outcome ? [said.outcome] : []) },
  ];
  return all.filter((field) => field.answers.length > 0);
}

/** The fields of a claim: what it says, who says so, and the words that take a side. */
export function fields_of_claim(claim: Claim): Field[] {
  const more: Field[] = [
    { label: "Said by", evidence: ["said_by"], role: "speaker", answers: plain(claim.said_by) },
    { label: "Said on", evidence: ["said_on"], role: "speaker", answers: days(claim.said_on) },
    { label: "Loaded", evidence: ["loaded"], role: "detail", answers: loaded(claim) },
    { label: "Note", evidence: [], role: "detail", answers: plain(claim.notes) },
  ];
  return [...fields_of(saying(claim)), ...more.filter((field) => field.answers.length > 0)];
}

function loaded(claim: Claim): Answer[] {
  if (claim.wording.length === 0) return plain(claim.loaded);
  return claim.wording.map((one) => ({ words: on_one_line(one.words), note: `${one.sway} ${one.party ?? "the one it speaks of"}` }));
}

/** An incident in one line: "Air/drone strike by Russian warplanes on the market, Ariha, 3 August 2015". */
export function heading(line: Pick<IncidentLine, "type" | "initiators" | "targets" | "place" | "first_day" | "last_day">): string {
  const by = listed(line.initiators.map((party) => on_one_line(party.name)));
  const on = listed(line.targets.map((party) => on_one_line(party.name)));
  const parts = [`${line.type ?? "Event"}${by ? ` by ${by}` : ""}${on ? `${by ? ", against" : " against"} ${on}` : ""}`, line.place ?? "", days_words(line.first_day, line.last_day)];
  return parts.filter(Boolean).join(", ");
}

const NAMED = 3; // parties named in a heading

/** "a", "a and b", "a, b, c and 4 more". */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, names.length > NAMED + 1 ? NAMED : names.length);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** A state of control in words: "held by the Syrian army", "contested, held by ISIS, by the SDF". */
export function control_words(control: Pick<Control, "status" | "holder" | "opponents" | "share"> | null): string {
  if (!control) return "nothing known";
  const holder = control.holder ? on_one_line(control.holder.name) : "";
  const others = listed(control.opponents.map((party) => on_one_line(party.name)));
  switch (control.status) {
    case "held":
      return holder ? `held by ${holder}` : "held";
    case "partly":
      return `${control.share == null ? "partly" : `${Math.round(control.share * 100)}%`} held by ${holder || "somebody"}${others ? `, the rest by ${others}` : ""}`;
    case "contested":
    case "besieged":
      return `${control.status}${others ? ` by ${others}` : ""}${holder ? `, held by ${holder}` : ""}`;
    default:
      return `unknown${holder ? `, last held by ${holder}` : ""}`;
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  happened: "whether it happened",
  initiators: "who did it",
  targets: "whom it hit",
  type: "what it was",
  place: "where",
  places: "where",
  date: "when",
};

/** What a disputed field asks: "who did it"; "killed (civilians)" stays as it is. */
export function question(field: string): string {
  return FIELDS[field] ?? field;
}
