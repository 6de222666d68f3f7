import { ask, Refused, type Page } from "./api";
import { Asked } from "./asked.svelte";

/** A list that is asked for page by page: begun anew whenever its path changes, longer by `more()`. */
export class Paged<T> {
  #first: Asked<Page<T>>;
  #path: () => string;
  #behind = $state.raw<{ of: Page<T>; items: readonly T[]; next: string | null } | null>(null); // what was added to a first page
  loading = $state(false);
  #late = $state.raw<Refused | null>(null);

  /** `path` with its query but without `after`; "" asks nothing. */
  constructor(path: () => string, { pause = 0 } = {}) {
    this.#path = path;
    this.#first = new Asked<Page<T>>(path, { pause });
  }

  get #added() {
    const first = this.#first.answer;
    return first && this.#behind?.of === first ? this.#behind : null;
  }
  get items(): readonly T[] {
    const first = this.#first.answer?.items ?? [];
    return this.#added ? [...first, ...this.#added.items] : first;
  }
  /** Null until the first answer is there. */
  get total(): number | null {
    return this.#first.answer?.total ?? null;
  }
  get next(): string | null {
    return this.#added ? this.#added.next : (this.#first.answer?.next ?? null);
  }
  get late(): boolean {
    return this.#first.late;
  }
  get fault(): Refused | null {
    return this.#first.fault ?? this.#late;
  }

  again(): void {
    this.#late = null;
    this.#first.again();
  }

  async more(): Promise<void> {
    const [first, next] = [this.#first.answer, this.next];
    if (!first || !next || this.loading) return;
    this.loading = true;
    try {
      const page = await ask<Page<T>>(`${this.#path()}${this.#path().includes("?") ? "&" : "?"}after=${encodeURIComponent(next)}`);
      if (first !== this.#first.answer) return; // another list by now
      this.#behind = { of: first, items: [...(this.#added?.items ?? []), ...page.items], next: page.next };
      this.#late = null;
    } catch (error) {
      this.#late = error instanceof Refused ? error : new Refused(0, String(error), "Try again.");
    } finally {
      this.loading = false;
    }
  }
}
