/** Claims and incidents in few words: the same words as the terminal's tables use. */

import type { Arming, Claim, Control, Event, Hold, IncidentLine, Losses, Party, Plan, Tally, When, Where } from "../api/schema";
import { days, km, number, point, toll } from "./format";
import { familyOf } from "./palette";

/** What a claim says; of a plan the event planned. Parts that its kind has none of are absent. */
type Saying = Partial<Omit<Event, "parties" | "where" | "when">> &
  Partial<Pick<Hold, "status" | "share">> &
  Partial<Pick<Tally, "displaced">> &
  Partial<Pick<Arming, "way">> & { readonly parties: readonly Party[]; readonly where: readonly Where[]; readonly when?: When | null | undefined };

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

export function onOneLine(words: string): string {
  return words.split(/\s+/u).filter(Boolean).join(" ");
}

/** Names of the parties in a role, as told. */
function sides(of: { readonly parties: readonly Party[] }, role: string): Party[] {
  return of.parties.filter((party) => party.role === role);
}

/** A place as told: "Hisyah (30km south of Homs)". */
export function placeWords(where: Pick<Where, "name" | "relation">): string {
  const more = where.relation && where.relation !== where.name ? ` (${where.relation})` : "";
  return onOneLine(`${where.name}${more}`);
}

/** Where a point lies and how far off it may be: "36.201° N, 37.161° E ± 28 km"; "" where there is none. */
export function pointWords(where: { readonly lat?: number | null; readonly lon?: number | null; readonly radius_km?: number | null }): string {
  if (where.lat == null || where.lon == null) return "";
  return `${point(where.lat, where.lon)}${where.radius_km ? ` ± ${km(where.radius_km)}` : ""}`;
}

/** A share in words, with its base: "12 of 40 (30%)". */
export function shareWords(part: number, whole: number): string {
  return whole === 0 ? "0" : `${number(part)} of ${number(whole)} (${Math.round((100 * part) / whole)}%)`;
}

/** A loss in few words: "17 killed (15 to 18)", "4+ wounded, civilians". */
export function lossWords(one: Losses): string {
  const span = one.low === one.high ? "" : ` (${number(one.low)} to ${number(one.high)})`;
  return `${number(one.best)}${one.open ? "+" : ""} ${one.status}${one.whom === "all" ? "" : `, ${one.whom}`}${span}`;
}

/** How a report stands to what it says: "claimed by the Observatory", "asserted". */
export function voiceWords(claim: Claim): string {
  const speaker = claim.said_by[0];
  if (speaker === undefined) return claim.factuality;
  return claim.factuality === "reported" ? `reported (${onOneLine(speaker)})` : `${claim.factuality} by ${onOneLine(speaker)}`;
}

const BASES: Readonly<Record<string, string>> = {
  relative: "reckoned from the report's day",
  context: "from a sentence nearby",
  published: "the report's own day",
  unknown: "",
};

/** How a day became known: "Sunday, reckoned from the report's day". */
function basisWords(when: When): string {
  const told = when.words ? `“${onOneLine(when.words)}”` : "";
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

export function pageOf(kind: "actor" | "place" | "arm" | "event" | "report", id: string): string {
  return `/${kind}/${encodeURIComponent(id)}`;
}

function parties(said: Saying, role: string): Answer[] {
  return sides(said, role).map((party) => ({ words: onOneLine(party.name), ...(party.actor ? { to: pageOf("actor", party.actor) } : {}) }));
}

function places(said: Saying): Answer[] {
  return said.where.map((where) => ({
    words: placeWords(where),
    note: [pointWords(where), where.rule].filter(Boolean).join(": "),
    ...(where.place ? { to: pageOf("place", where.place) } : {}),
  }));
}

function daysOf(when: When | null | undefined): Answer[] {
  const words = when && (when.start || when.end) ? days(when.start, when.end) : "";
  return when && words ? [{ words, note: basisWords(when) }] : [];
}

function tollOf(said: Saying, status: "killed" | "wounded" | "captured" | "displaced"): Answer[] {
  const told = said[status];
  return told ? [{ words: `${toll(told)}${told.who ? ` (${onOneLine(told.who)})` : ""}`, note: `“${onOneLine(told.words)}”` }] : [];
}

function plain(words: readonly string[] | undefined): Answer[] {
  return (words ?? []).map((one) => ({ words: onOneLine(one) }));
}

/** The fields of what is said in the order in which people ask: who, to whom, where, when, with what, how many. */
export function fieldsOf(said: Saying): Field[] {
  const all: Field[] = [
    { label: "Who", evidence: ["initiators"], role: "initiator", answers: parties(said, "initiator") },
    { label: "With", evidence: ["supporters"], role: "initiator", answers: parties(said, "supporter") },
    { label: "To whom", evidence: ["targets"], role: "target", answers: parties(said, "target") },
    { label: "Where", evidence: ["places", "where", "place"], role: "place", answers: places(said) },
    { label: "When", evidence: ["date", "when"], role: "date", answers: daysOf(said.when) },
    { label: "Killed", evidence: ["killed"], role: "toll", answers: tollOf(said, "killed") },
    { label: "Wounded", evidence: ["wounded"], role: "toll", answers: tollOf(said, "wounded") },
    { label: "Captured", evidence: ["captured"], role: "toll", answers: tollOf(said, "captured") },
    { label: "Displaced", evidence: ["displaced"], role: "toll", answers: tollOf(said, "displaced") },
    {
      label: "Arms",
      evidence: ["weapons", "arms"],
      role: "arm",
      answers: (said.arms ?? []).map((use) => ({ words: onOneLine(use.name), ...(use.arm ? { to: pageOf("arm", use.arm) } : {}) })),
    },
    { label: "Damage", evidence: ["damage"], role: "detail", answers: plain(said.damage) },
    { label: "Outcome", evidence: ["outcome"], role: "detail", answers: plain(said.outcome ? [said.outcome] : []) },
  ];
  return all.filter((field) => field.answers.length > 0);
}

/** The fields of a claim: what it says, who says so, and the words that take a side. */
export function fieldsOfClaim(claim: Claim): Field[] {
  const more: Field[] = [
    { label: "Said by", evidence: ["said_by"], role: "speaker", answers: plain(claim.said_by) },
    { label: "Said on", evidence: ["said_on"], role: "speaker", answers: daysOf(claim.said_on) },
    { label: "Loaded", evidence: ["loaded"], role: "detail", answers: loaded(claim) },
    { label: "Note", evidence: [], role: "detail", answers: plain(claim.notes) },
  ];
  return [...fieldsOf(saying(claim)), ...more.filter((field) => field.answers.length > 0)];
}

function loaded(claim: Claim): Answer[] {
  if (claim.wording.length === 0) return plain(claim.loaded);
  return claim.wording.map((one) => ({ words: onOneLine(one.words), note: `${one.sway} ${one.party ?? "the one it speaks of"}` }));
}

/** An incident in one line: "Air/drone strike by Russian warplanes, against the market, Ariha, 2015-08-03". */
export function heading(line: Pick<IncidentLine, "type" | "initiators" | "targets" | "place" | "first_day" | "last_day">): string {
  const by = inWords(line.initiators.map((party) => onOneLine(party.name)));
  const on = inWords(line.targets.map((party) => onOneLine(party.name)));
  const upon = ["battle", "remote", "civilians"].includes(familyOf(line.type).id) ? "against" : "concerning";
  const parts = [`${line.type ?? "Event"}${by ? ` by ${by}` : ""}${on ? `${by ? "," : ""} ${upon} ${on}` : ""}`, line.place ?? "", line.first_day || line.last_day ? days(line.first_day, line.last_day) : ""];
  return parts.filter(Boolean).join(", ");
}

const NAMED = 3; // parties named in a heading

/** "a", "a and b", "a, b, c and 4 more". */
export function inWords(names: readonly string[]): string {
  const shown = names.slice(0, names.length > NAMED + 1 ? NAMED : names.length);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** A state of control in words: "held by the Syrian army", "contested, held by ISIS, by the SDF". */
export function controlWords(control: Pick<Control, "status" | "holder" | "opponents" | "share"> | null): string {
  if (!control) return "nothing known";
  const holder = control.holder ? onOneLine(control.holder.name) : "";
  const others = inWords(control.opponents.map((party) => onOneLine(party.name)));
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
