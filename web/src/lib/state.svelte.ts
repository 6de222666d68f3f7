import type { State } from "../api/schema";
import { ask, Refused } from "./api";

/** What the archive holds and the server may do: asked when the page opens, when something was added, and now and then. */
const EVERY_MS = 30_000;

class Archive {
  state = $state.raw<State | null>(null);
  fault = $state.raw<Refused | null>(null);

  constructor() {
    // Who keeps the page open all day sees what came meanwhile.
    setInterval(() => document.visibilityState === "visible" && void this.look(), EVERY_MS);
  }

  async look(): Promise<void> {
    try {
      const state = await ask<State>("/state");
      if (state.changed !== this.state?.changed || this.fault) this.state = state;
      this.fault = null;
    } catch (error) {
      this.fault = error instanceof Refused ? error : new Refused(0, String(error), "Reload the page.");
    }
  }
}

export const archive = new Archive();
