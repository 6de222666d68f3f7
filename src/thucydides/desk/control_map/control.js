// Shows what is said of a place beside its sign, taken from its row of the table.
(() => {
  const sheet = document.querySelector(".sheet"), peek = document.querySelector(".peek");
  if (!sheet || !peek) return;
  const hide = () => { peek.hidden = true; };
  const show = (spot) => {
    peek.replaceChildren();
    for (const id of spot.dataset.c.split(" ").slice(0, 4)) {
      const row = document.getElementById(id);
      if (!row) continue;
      const name = document.createElement("h3"), told = document.createElement("p"), quotes = row.querySelector(".said-by");
      name.textContent = row.querySelector("th").textContent;
      told.textContent = row.dataset.told;
      peek.append(name, told);
      if (quotes) peek.append(quotes.cloneNode(true));
    }
    peek.hidden = false;
    const frame = sheet.getBoundingClientRect(), at = spot.querySelector(".halo").getBoundingClientRect(), size = peek.getBoundingClientRect();
    const x = at.right - frame.left + 8, y = at.top - frame.top - 8;
    peek.style.left = `${Math.max(6, x + size.width > frame.width - 6 ? at.left - frame.left - size.width - 8 : x)}px`;
    peek.style.top = `${Math.max(6, Math.min(y, frame.height - size.height - 6))}px`;
  };
  const spotAt = (target) => (target instanceof Element ? target.closest(".spot") : null);
  for (const start of ["pointerover", "focusin"])
    sheet.addEventListener(start, (event) => { const spot = spotAt(event.target); if (spot) show(spot); else hide(); });
  for (const end of ["pointerleave", "focusout"]) sheet.addEventListener(end, hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
