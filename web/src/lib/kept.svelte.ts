/** What a reader chose for this browser alone: kept in localStorage where there is one, else until the page is closed. */

export type Theme = "auto" | "light" | "dark";

class Kept {
  #theme = $state<Theme>("auto");

  constructor() {
    const theme = read("theme");
    this.#theme = theme === "light" || theme === "dark" ? theme : "auto";
    this.#show();
  }

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#theme = theme;
    write("theme", theme === "auto" ? "" : theme);
    this.#show();
  }

  #show(): void {
    if (this.#theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = this.#theme;
  }
}

function read(name: string): string {
  try {
    return localStorage.getItem(`thucydides.${name}`) ?? "";
  } catch {
    return ""; // storage is refused
  }
}

function write(name: string, value: string): void {
  try {
    if (value) localStorage.setItem(`thucydides.${name}`, value);
    else localStorage.removeItem(`thucydides.${name}`);
  } catch {
    // it holds until the page is closed
  }
}

export const kept = new Kept();
