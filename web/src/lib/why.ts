/** The account of a claim, as `thuc explain --json` gives it: what weighed for and against every answer. */

interface Reason {
  readonly evidence: string;
  readonly weight: number;
}
export interface Weighed {
  readonly text: string;
  readonly chance: number;
  readonly taken: boolean;
  readonly reasons: readonly Reason[];
}
export interface Account {
  readonly remark: string | null;
  readonly stated: Weighed;
  readonly tellings: readonly { readonly start: number; readonly text: string; readonly states: readonly { readonly text: string; readonly start: number; readonly family: string | null }[] }[];
  readonly fields: Readonly<Record<string, readonly Weighed[]>>;
  readonly by_rule: Readonly<Record<string, string>>;
  readonly change: readonly string[];
}

const FEW = 6; // answers of a field that are told

/** What was taken first, then the likeliest of what was left. */
export function chosenFirst(answers: readonly Weighed[]): Weighed[] {
  return [...answers].sort((one, other) => Number(other.taken) - Number(one.taken) || other.chance - one.chance).slice(0, FEW);
}
