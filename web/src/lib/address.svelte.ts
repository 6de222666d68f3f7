/** The address of the page: the one place where what is shown is kept. Every screen reads its state from here and writes it back. */

export type Query = Record<string, string | readonly string[] | null | undefined>;

class Address {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  constructor() {
    addEventListener("popstate", () => this.#read());
    addEventListener("click", (event) => this.#follow(event));
  }

  /** One value of the query, "" where there is none. */
  get(name: string): string {
    return this.query.get(name) ?? "";
  }

  all(name: string): string[] {
    return this.query.getAll(name);
  }

  /** Goes to a path of this page; `replace` leaves no step behind in the history. */
  go(to: string, { replace = false } = {}): void {
    if (replace) history.replaceState(null, "", to);
    else history.pushState(null, "", to);
    this.#read();
  }

  /** Changes some values of the query and keeps the rest; null or "" takes one away. */
  set(changes: Query, { replace = false } = {}): void {
    this.go(this.with(changes), { replace });
  }

  /** The address with some values of the query changed: what a link or an export needs. */
  with(changes: Query, path = this.path): string {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      for (const one of typeof value === "string" ? [value] : (value ?? [])) if (one !== "") query.append(name, one);
    }
    const told = query.toString();
    return told ? `${path}?${told}` : path;
  }

  #read(): void {
    const moved = location.pathname !== this.path;
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    if (moved) scrollTo(0, 0);
  }

  /** Links within the page change the address without loading it anew. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (/^\/(api|base|e|r)\//.test(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    this.go(link.pathname + link.search + link.hash);
  }
}

export const address = new Address();
