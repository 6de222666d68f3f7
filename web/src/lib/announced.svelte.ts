import { untrack } from "svelte";

/** What a screen reader is told of changes that are only seen: one live region for the whole page. */
class Announced {
  words = $state("");

  say(words: string): void {
    this.words = words === untrack(() => this.words) ? `${words}\u00a0` : words; // the same words again are a change, too
  }
}

export const announced = new Announced();
