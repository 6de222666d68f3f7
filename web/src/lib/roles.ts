/** The roles of words, as they are named and coloured. */
export const ROLE_NAMES: readonly (readonly [role: string, name: string])[] = [
  ["initiator", "who"],
  ["target", "to whom"],
  ["place", "where"],
  ["date", "when"],
  ["toll", "how many"],
  ["arm", "with what"],
  ["speaker", "who says so"],
  ["detail", "more"],
];

/** The colour of a role. Tolls share their name with a family of claims and have a token of their own. */
export function roleColour(role: string): string {
  return `var(--${role === "toll" ? "tolled" : role})`;
}
