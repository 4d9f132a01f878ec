// Typing in a paper roster: Enter goes to the next row, and what was typed so far is counted, as the foot of the paper does it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const fields = [...form.querySelectorAll(".sheet input")];
  const rows = form.querySelector("[name=rows]");
  const items = [...form.querySelectorAll("[data-row]")];
  const said = form.querySelector("[data-count]");
  const plain = (text) => text.normalize("NFKC").trim();

  // The rows a text names, as the server reads them; what cannot be read is left to the server to explain.
  function named(text) {
    const found = new Set();
    const tidy = plain(text).replace(/\s*[-–—―−~至到]\s*/g, "-");
    for (const part of tidy.split(/[\s,，、;；。]+/)) {
      const read = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
      const last = Number(items.at(-1)?.dataset.row);
      if (read) for (let row = Number(read[1]); row <= Math.min(Number(read[2] || read[1]), last); row++) found.add(row);
    }
    return found;
  }

  function count() {
    let minutes = 0;
    const came = rows ? named(rows.value) : new Set();
    for (const field of fields) {
      const text = plain(field.value);
      if (!text || text === "0") continue;
      came.add(Number(field.closest("[data-row]").dataset.row));
      minutes += Number(text) || 0;
    }
    for (const item of items) item.classList.toggle("came", came.has(Number(item.dataset.row)));
    const shown = items.filter((item) => item.classList.contains("came")).length;
    said.textContent = said.dataset.count.replace("{n}", shown) + (fields.length ? said.dataset.sum.replace("{m}", minutes) : "");
  }

  form.addEventListener("input", count);
  form.addEventListener("keydown", (event) => {
    const at = fields.indexOf(event.target);
    if (at < 0 || event.isComposing) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = fields[at + step] || (step > 0 ? form.querySelector("[name=people]") : null);
    next?.focus();
    next?.select();
  });
  count();
})();
