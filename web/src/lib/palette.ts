/** Families of what is told: name, symbol and colour. The table of symbols is the one that the printed page is drawn from. */
import table from "../../../src/thucydides/desk/page/symbols.tsv?raw";

export interface Family {
  readonly id: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly path: string; // SVG path data in a square from -8 to 8
}

export const FAMILIES: readonly Family[] = table
  .split("\n")
  .filter((line) => line && !line.startsWith("#") && !line.startsWith("id\t"))
  .map((line) => {
    const [id = "", name = "", types = "", path = ""] = line.split("\t");
    return { id, name, types: types.split(" | "), path };
  });

const BY_TYPE = new Map(FAMILIES.flatMap((family) => family.types.map((type) => [type, family])));
const BY_ID = new Map(FAMILIES.map((family) => [family.id, family]));
const OTHER = BY_ID.get("strategic") ?? FAMILIES[0]!;

// The codebook's event types, as counts over time name families.
const EVENT_TYPES: Record<string, string> = {
  Battles: "battle", "Explosions/Remote violence": "remote", "Violence against civilians": "civilians", Protests: "protest", Riots: "protest",
};

/** The family of a type or event type of the codebook, or of a kind of claim; what has none is of the other developments. */
export function familyOf(type: string | null | undefined): Family {
  return BY_TYPE.get(type ?? "") ?? BY_ID.get(EVENT_TYPES[type ?? ""] ?? type ?? "") ?? OTHER;
}

/** The families that events can be of, in the table's order. */
export const OF_EVENTS: readonly Family[] = FAMILIES.filter((family) => !["control", "toll", "holding", "plan"].includes(family.id));

export const colourOf = (family: Family): string => `var(--${family.id})`;

/** Colours of holders in `Spot.colour` order: told apart by people who see few colours, in both themes. */
export const HOLDERS = ["#2b6cb0", "#c2571a", "#2f7d4f", "#8a3fa0", "#a3842a", "#b0305c", "#2a8a94", "#6b6f76", "#7a5230", "#5a62c4"] as const;

/** The grades, from the surest. */
export const GRADES = ["confirmed", "fair", "weak", "contested", "discounted"] as const;

/** A token's colour as the browser resolves it now: for canvases, which know no `light-dark()`. */
export function resolved(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
