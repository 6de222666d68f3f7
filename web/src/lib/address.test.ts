import { beforeEach, describe, expect, test, vi } from "vitest";

const steps: string[] = [];

beforeEach(() => {
  steps.length = 0;
  vi.resetModules();
  vi.stubGlobal("location", { pathname: "/", search: "?type=Attack&type=Arrests&view=table", origin: "http://here" });
  const to = (kind: string) => (_: unknown, __: string, path: string) => {
    steps.push(`${kind} ${path}`);
    const url = new URL(path, "http://here");
    Object.assign(location, { pathname: url.pathname, search: url.search });
  };
  vi.stubGlobal("history", { pushState: to("push"), replaceState: to("replace") });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("scrollTo", () => undefined);
});

const fresh = async () => (await import("./address.svelte")).address;

describe("the address", () => {
  test("is read", async () => {
    const address = await fresh();
    expect(address.path).toBe("/");
    expect(address.all("type")).toEqual(["Attack", "Arrests"]);
    expect(address.get("view")).toBe("table");
    expect(address.get("q")).toBe("");
  });

  test("keeps what is not changed, and drops what is emptied", async () => {
    const address = await fresh();
    address.set({ view: null, q: "bridge", type: ["Attack"] });
    expect(steps).toEqual(["push /?q=bridge&type=Attack"]);
    expect(address.get("q")).toBe("bridge");
  });

  test("leaves no step behind when it replaces", async () => {
    const address = await fresh();
    address.set({ at: "1,2,3" }, { replace: true });
    expect(steps).toEqual(["replace /?type=Attack&type=Arrests&view=table&at=1%2C2%2C3"]);
  });

  test("makes links", async () => {
    const address = await fresh();
    expect(address.with({ type: [], view: "" })).toBe("/");
    expect(address.with({ type: null, view: null, q: "a b&c" }, "/search")).toBe("/search?q=a+b%26c");
  });
});
