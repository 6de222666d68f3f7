/** Work that waits: until an element comes near, or until there is nothing else to do. */

import { flushSync } from "svelte";

const REACH = "1200px 0px";
const waiting = new WeakMap<Element, () => void>();
const printed = new Set<() => void>();

const watch = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      waiting.get(entry.target)?.();
    }
  },
  { rootMargin: REACH },
);
addEventListener("beforeprint", () => {
  for (const call of printed) call();
  flushSync(); // the browser takes the page as it stands when this is over
});

/** Calls back once the page has drawn what it has and does nothing else. */
export function whenIdle(call: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(call, { timeout: 2000 });
  else setTimeout(call, 300);
}

/** Calls back once an element comes within some screens of the view, and when the page is printed. */
export function near(element: Element, call: () => void): { destroy: () => void } {
  const once = () => {
    printed.delete(once);
    waiting.delete(element);
    call();
  };
  waiting.set(element, once);
  printed.add(once);
  watch.observe(element);
  return {
    destroy: () => {
      watch.unobserve(element);
      printed.delete(once);
    },
  };
}
