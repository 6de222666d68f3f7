/** The page's keys, by where they hold. What is written here is what the sheet of keys shows. */
import { address } from "./address.svelte";

export const KEYS: Record<string, readonly (readonly [string, string])[]> = {
  Everywhere: [
    ["?", "this sheet"],
    ["/", "search"],
    ["g e", "Explore"],
    ["g c", "Control"],
    ["g s", "Sources"],
    ["g a", "Add reports"],
    ["g m", "Method"],
    ["t", "light, dark or as the system"],
    ["Esc", "close what is open"],
  ],
  Explore: [
    ["j", "next incident"],
    ["k", "incident before"],
    ["Enter", "open the incident"],
    ["m", "map or table"],
    ["f", "filters"],
    ["0", "show all on the map"],
  ],
  "A report": [
    ["j", "next claim and its words"],
    ["k", "claim before"],
    ["u", "what was left unread"],
    ["Esc", "no claim"],
  ],
  Control: [
    ["n", "on the map: next place and the words behind it"],
    ["p", "on the map: place before"],
    ["← →", "on the slider: a day back, a day on"],
  ],
  "On the map": [
    ["← ↑ → ↓", "move"],
    ["+ −", "nearer, farther"],
    ["n", "next place or group, by what is nearest"],
    ["Enter", "open it"],
  ],
};

const SCREENS: Record<string, string> = { e: "/", c: "/control", s: "/sources", a: "/add", m: "/method" };

/** Whether a key is typed into something, so that it is no command. */
export function typed(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target as HTMLElement | null;
  return target?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog") != null;
}

/** Follows the keys that hold everywhere; `does` gives what the shell does for "?", "/" and "t". */
export function everywhere(does: Record<string, () => void>): (event: KeyboardEvent) => void {
  let gone = -Infinity; // when "g" was pressed
  return (event) => {
    if (event.defaultPrevented || typed(event)) return;
    const screen = SCREENS[event.key];
    if (screen && event.timeStamp - gone < 1500) {
      gone = -Infinity;
      address.go(screen);
    } else if (event.key === "g") gone = event.timeStamp;
    else if (does[event.key]) does[event.key]!();
    else return;
    event.preventDefault();
  };
}
