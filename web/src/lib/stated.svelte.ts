import type { ClaimLine, ReportView } from "../api/schema";
import { ask, type Page } from "./api";

const PAGE = 500;

/** The claims of a report in the order in which they are stated: the first come with it, the others page by page while it is read. */
export class Stated {
  /** By place in that order the claim, where it is there yet. */
  lines = $state.raw<readonly (ClaimLine | undefined)[]>([]);
  #path: string;
  #ids: readonly string[];
  #asked = new Map<number, Promise<void>>();

  constructor(view: ReportView) {
    this.#path = `/reports/${encodeURIComponent(view.line.id)}/claims`;
    this.#ids = view.ids;
    this.lines = this.#placed(view.claims);
  }

  get count(): number {
    return this.#ids.length;
  }

  /** The place of a claim, -1 where it is none of them. */
  place(claim: string): number {
    return claim === "" ? -1 : this.#ids.indexOf(claim);
  }

  /** Comes back once the claim at a place is there, or cannot be had. */
  async need(at: number): Promise<void> {
    if (this.lines[at] || at < 0 || at >= this.count) return;
    const page = Math.floor(at / PAGE);
    const asked = this.#asked.get(page) ?? this.#ask(page);
    this.#asked.set(page, asked);
    await asked;
  }

  /** Has the others follow, one page at a time. */
  async follow(): Promise<void> {
    for (let at = 0; at < this.count; at += 1) await this.need(at);
  }

  async #ask(page: number): Promise<void> {
    try {
      const told = await ask<Page<ClaimLine>>(`${this.#path}?skip=${page * PAGE}&limit=${PAGE}`);
      this.lines = this.#placed(told.items);
    } catch {
      // The report was read anew, or the server is gone: what is there stays, and what the page asks next says so.
    }
  }

  #placed(more: readonly ClaimLine[]): (ClaimLine | undefined)[] {
    const found = new Map(more.map((line) => [line.claim.id, line]));
    return this.#ids.map((id, at) => found.get(id) ?? this.lines[at]);
  }
}
