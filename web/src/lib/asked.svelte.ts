import { untrack } from "svelte";

import { ask, Refused } from "./api";

/**
 * The answer to a question that follows the page's state: asked again whenever its path changes, the old question given up.
 *
 * `path` is read in an effect; "" asks nothing. The last answer stands until the next one is there, so that nothing flickers;
 * `late` says that it is no longer the answer to what is asked. `pause` ms go by before a further question is sent, for what is typed or dragged.
 */
export class Asked<T> {
  answer = $state.raw<T | null>(null);
  fault = $state.raw<Refused | null>(null);
  late = $state(false);
  #again = $state(0);

  constructor(path: () => string, { pause = 0 } = {}) {
    $effect(() => {
      const asked = path();
      void this.#again;
      if (asked === "") {
        untrack(() => this.#take(null));
        return;
      }
      const stop = new AbortController();
      this.late = true;
      const timer = setTimeout(() => void this.#ask(asked, stop.signal), untrack(() => this.answer) === null ? 0 : pause);
      return () => {
        clearTimeout(timer);
        stop.abort();
      };
    });
  }

  /** Asks the same again: after something was changed on the server. */
  again(): void {
    this.#again += 1;
  }

  async #ask(path: string, signal: AbortSignal): Promise<void> {
    try {
      this.#take(await ask<T>(path, signal));
    } catch (error) {
      if (signal.aborted) return;
      this.fault = error instanceof Refused ? error : new Refused(0, String(error), "Reload the page.");
      this.late = false;
    }
  }

  #take(answer: T | null): void {
    this.answer = answer;
    this.fault = null;
    this.late = false;
  }
}
