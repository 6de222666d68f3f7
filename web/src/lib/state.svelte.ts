import type { State } from "../api/schema";
import { ask, Refused } from "./api";

/** What the archive holds and the server may do: asked once, and again when something was added. */
class Archive {
  state = $state.raw<State | null>(null);
  fault = $state.raw<Refused | null>(null);

  async look(): Promise<void> {
    try {
      this.state = await ask<State>("/state");
      this.fault = null;
    } catch (error) {
      this.fault = error instanceof Refused ? error : new Refused(0, String(error), "Reload the page.");
    }
  }
}

export const archive = new Archive();
