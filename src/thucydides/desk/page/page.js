"use strict";
// Links words, cards, table rows and map spots of the same claim, and lets the map be zoomed. Without it the page still says everything.
(() => {
  const parts = new Map();
  for (const part of document.querySelectorAll("[data-c]"))
    for (const id of part.dataset.c.split(" ")) parts.set(id, [...(parts.get(id) || []), part]);

  let lit = [];
  const light = (ids) => {
    for (const part of lit) part.classList.remove("lit");
    lit = ids.flatMap((id) => parts.get(id) || []);
    for (const part of lit) part.classList.add("lit");
  };
  const idsAt = (target) => {
    const part = target instanceof Element ? target.closest("[data-c]") : null;
    return part ? part.dataset.c.split(" ") : [];
  };
  document.addEventListener("pointerover", (event) => light(idsAt(event.target)));
  document.addEventListener("focusin", (event) => light(idsAt(event.target)));
  document.addEventListener("click", (event) => {
    const said = event.target.closest && event.target.closest(".said");
    if (!said || event.target.closest("a") || String(getSelection())) return;
    const card = document.getElementById(said.dataset.c.split(" ")[0]);
    if (card) { card.scrollIntoView({ block: "nearest" }); card.focus({ preventScroll: true }); }
  });

  const svg = document.querySelector(".sheet > svg");
  if (!svg) return;
  const home = svg.viewBox.baseVal, whole = { x: home.x, y: home.y, w: home.width, h: home.height };
  const km = Number(svg.dataset.km), scale = svg.querySelector(".scale");
  const tools = document.querySelector(".tools");
  const labels = [...svg.querySelectorAll(".spot .name"), ...svg.querySelectorAll(".landmark text, .country text")];
  const SIDES = [
    { x: 14, y: 4, "text-anchor": "start" }, { x: -12, y: 4, "text-anchor": "end" },
    { x: 0, y: -13, "text-anchor": "middle" }, { x: 0, y: 23, "text-anchor": "middle" },
  ];
  let view = { ...whole };

  const show = () => {
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].join(" "));
    const size = svg.getBoundingClientRect(), k = Math.max(view.w / size.width, view.h / size.height);
    svg.style.setProperty("--k", k);
    const left = view.x + view.w / 2 - (size.width * k) / 2, bottom = view.y + view.h / 2 + (size.height * k) / 2;
    const about = 110 * k * km, power = 10 ** Math.floor(Math.log10(about)), round = [5, 2, 1].map((s) => s * power).find((s) => s <= about);
    scale.setAttribute("transform", `translate(${left + 14 * k} ${bottom - 14 * k}) scale(${k})`);
    scale.querySelector("path").setAttribute("d", `M0 -5V0H${round / km / k}V-5`);
    scale.querySelector("text").textContent = `${Number(round.toPrecision(2))} km`;
    // Labels are shown in their order of weight, each only where nothing before it stands; a spot's name may stand on any side of it.
    const taken = [...svg.querySelectorAll(".spot .sign"), tools].map((part) => part.getBoundingClientRect());
    const free = (label, box = label.getBoundingClientRect()) => {
      if (box.left < size.left || box.right > size.right) return false;
      if (taken.some((o) => box.left < o.right && box.right > o.left && box.top + 2 < o.bottom && box.bottom - 2 > o.top)) return false;
      taken.push(box);
      return true;
    };
    for (const label of labels) {
      const sides = label.matches(".name") ? SIDES : [null];
      label.classList.toggle("hidden", !sides.some((side) => {
        if (side) for (const [name, value] of Object.entries(side)) label.setAttribute(name, value);
        return free(label);
      }));
    }
  };
  const zoom = (by, x = view.x + view.w / 2, y = view.y + view.h / 2) => {
    const w = Math.min(whole.w * 2, Math.max(whole.w / 16, view.w * by)), share = w / view.w;
    view = { x: x - (x - view.x) * share, y: y - (y - view.y) * share, w, h: view.h * share };
    move(0, 0);
  };
  const move = (dx, dy) => {
    view.x = Math.min(whole.w * 2 - view.w / 2, Math.max(-whole.w - view.w / 2, view.x + dx));
    view.y = Math.min(whole.h * 2 - view.h / 2, Math.max(-whole.h - view.h / 2, view.y + dy));
    show();
  };
  for (const [sign, name, act] of [["+", "Closer", () => zoom(0.67)], ["−", "Wider", () => zoom(1.5)], ["⤢", "All", () => { view = { ...whole }; show(); }]]) {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = sign; button.title = name; button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    tools.append(button);
  }
  tools.hidden = false;
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    zoom(event.deltaY > 0 ? 1.2 : 0.83, at.x, at.y);
  }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse" && !event.target.closest("a")) { held = event; svg.setPointerCapture(event.pointerId); } });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const k = 1 / svg.getScreenCTM().a;
    move((held.clientX - event.clientX) * k, (held.clientY - event.clientY) * k);
    held = event;
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { held = null; });
  svg.tabIndex = 0;
  svg.addEventListener("keydown", (event) => {
    const step = view.w / 10, moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) move(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(0.67);
    else if (event.key === "-") zoom(1.5);
    else if (event.key === "0") { view = { ...whole }; show(); }
    else return;
    event.preventDefault();
  });
  new ResizeObserver(show).observe(svg);
  show();
})();
