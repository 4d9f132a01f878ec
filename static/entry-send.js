// Sends a file that is larger than one request may be in parts, and tells how far it is.
(() => {
  "use strict";
  const form = document.querySelector("[data-parts]");
  if (!form) return;
  const PART = 16 * 1024 * 1024;
  const told = form.querySelector("[data-told]"), most = Number(form.dataset.most);
  const button = form.querySelector("button:not([type=button])");

  async function send(file) {
    for (let at = 0; at < file.size; at += PART) {
      told.textContent = `${form.dataset.sending} ${Math.floor((at * 100) / file.size)}%`;
      if (at + PART >= file.size) told.textContent = form.dataset.looking;
      const said = new FormData(form);
      said.delete("file");
      said.set("name", file.name);
      said.set("size", String(file.size));
      said.set("at", String(at));
      said.set("part", file.slice(at, at + PART), "part");
      const answer = await fetch(form.dataset.parts, { method: "POST", body: said });
      if (!answer.ok) throw new Error(String(answer.status));
      if (answer.redirected) return answer.url;
    }
    throw new Error("no end");
  }

  form.addEventListener("submit", async (event) => {
    const [file] = form.elements.file.files;
    if (!file || file.size < Math.min(most, PART)) return;
    event.preventDefault();
    button.disabled = true;
    window.addEventListener("beforeunload", stay);
    try {
      const to = await send(file);
      window.removeEventListener("beforeunload", stay);
      location.assign(to);
    } catch {
      window.removeEventListener("beforeunload", stay);
      told.textContent = form.dataset.failed;
      button.disabled = false;
    }
  });

  const stay = (event) => event.preventDefault();
})();
