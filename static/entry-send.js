// Sends a file that is larger than one request may be in parts, tells how far it is, and goes on where it was cut off.
(() => {
  "use strict";
  const form = document.querySelector("[data-parts]");
  if (!form) return;
  const PART = 16 * 1024 * 1024, TRIES = 5, PAUSE_MS = 2000;
  const told = form.querySelector("[data-told]"), most = Number(form.dataset.most), halt = form.querySelector("[data-halt]");
  const button = form.querySelector("button:not([type=button])");
  let sending = null;

  // One part, or none: where the server wants the next one from; an address once the file is whole and attached.
  async function post(file, at, part) {
    const said = new FormData(form);
    said.delete("file");
    for (const [name, value] of Object.entries({ name: file.name, size: file.size, changed: file.lastModified, at })) said.set(name, String(value));
    if (part) said.set("part", part, "part");
    const answer = await fetch(form.dataset.parts, { method: "POST", body: said, signal: sending.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.redirected ? answer.url : Number(await answer.text());
  }

  // The network may go and come back: some tries without any progress, with a pause between them.
  async function send(file) {
    let at = await post(file, 0, null), tries = 0;
    while (typeof at === "number") {
      told.textContent = `${form.dataset.sending} ${Math.floor((at * 100) / file.size)}%`;
      if (at + PART >= file.size) told.textContent = form.dataset.looking;
      try {
        at = await post(file, at, file.slice(at, at + PART));
        tries = 0;
      } catch (problem) {
        if (!(problem instanceof TypeError) || (tries += 1) > TRIES) throw problem;
        told.textContent = form.dataset.waiting;
        await new Promise((go) => setTimeout(go, PAUSE_MS));
      }
    }
    return at;
  }

  form.addEventListener("submit", async (event) => {
    const [file] = form.elements.file.files;
    if (!file || file.size < Math.min(most, PART)) return;
    event.preventDefault();
    if (sending) return;
    sending = new AbortController();
    busy(true);
    try {
      const to = await send(file);
      busy(false);
      location.assign(to);
    } catch {
      told.textContent = sending.signal.aborted ? form.dataset.halted : form.dataset.failed;
      busy(false);
    }
    sending = null;
  });

  halt.addEventListener("click", () => sending.abort());

  function busy(is) {
    button.disabled = is;
    halt.hidden = !is;
    window[is ? "addEventListener" : "removeEventListener"]("beforeunload", stay);
  }

  const stay = (event) => event.preventDefault();
})();
