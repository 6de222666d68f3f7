/**
 * Symbols of units and arms after APP-6D, drawn when the page is built: every code that our tables can make, as one file of SVG.
 * The drawing program is a third of the budget for scripts; what it draws is fetched only where a unit is shown.
 */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "vite";

const TABLES = join(import.meta.dirname, "../../src/thucydides/control");
const UNITS = "10"; // the set of land units: they alone have echelons
const OWN = "3"; // the identity of a user's own side
const NAME = "virtual:units";

interface Drawing {
  Symbol: new (code: string, options: { size: number }) => { isValid(): boolean; asSVG(): string };
}

function rows(table: string): Record<string, string>[] {
  const lines = readFileSync(join(TABLES, table), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const names = lines[0]!.split("\t");
  return lines.slice(1).map((line) => Object.fromEntries(line.split("\t").map((value, at) => [names[at] ?? "", value])));
}

/** Every code that `control/symbols.py` can make. */
function codes(): string[] {
  const echelons = new Set(["00", ...rows("echelons.tsv").map((row) => row["code"] ?? "00")]);
  const branches = new Set(rows("branches.tsv").map((row) => row["entity"] ?? ""));
  const found = new Set<string>();
  for (const { set = "", entity = "", identity = "" } of rows("symbols.tsv") as { set: string; entity: string; identity: string }[]) {
    for (const side of [identity, OWN]) {
      if (set !== UNITS) found.add(`100${side}${set}0000${entity}0000`);
      else for (const sort of [entity, ...branches]) for (const echelon of echelons) for (const force of ["0", "4"]) found.add(`100${side}${set}0${force}${echelon}${sort}0000`);
    }
  }
  return [...found];
}

export function units(): Plugin {
  let building = true;
  return {
    name: "units",
    configResolved: ({ command }) => void (building = command === "build"),
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      if (!building) return "export default ''"; // while developing there are none
      const ms = createRequire(import.meta.url)("milsymbol") as Drawing;
      const drawn = codes().map((code) => [code, new ms.Symbol(code, { size: 28 })] as const);
      const source = JSON.stringify(Object.fromEntries(drawn.filter(([, symbol]) => symbol.isValid()).map(([code, symbol]) => [code, symbol.asSVG()])));
      const file = this.emitFile({ type: "asset", name: "units.json", source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
