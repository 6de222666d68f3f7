/** Symbols of units and arms after APP-6D, by their codes of twenty digits: SVG that was drawn when the page was built. */
import address from "virtual:units";

let asked: Promise<Readonly<Record<string, string>>> | undefined;

/** The symbol of a code as SVG text, "" where there is none. */
export async function drawn(code: string): Promise<string> {
  asked ??= fetch(address).then((answer) => (answer.ok ? answer.json() : {}));
  return (await asked.catch(() => ({}) as Record<string, string>))[code] ?? "";
}
