/** Calls back once an element comes within some screens of the view, and when the page is printed. */

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
