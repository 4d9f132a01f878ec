// The last scans: what was refused while nobody looked, what waits on this disk, then what the server has, each with what can be
// done about it.

import { ending } from "./codes.js";
import { words } from "./panel.js";

const list = document.getElementById("last");

function element(name, text = "", more = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, more);
}

function line(name, note, className) {
  const found = element("li", "", { className });
  const who = element("span", name);
  if (note) who.append(" ", element("small", note));
  found.append(who);
  return found;
}

// Asks for a reason in the line itself; `back(fact, reason)` answers whether it went.
function askBack(one, button, back) {
  const form = element("form", "", { className: "taking-back" });
  const why = element("input", "", { value: words("back.usual"), required: true, maxLength: 200 });
  why.setAttribute("aria-label", words("back.why"));
  const sure = element("button", words("back.sure"), { className: "danger" });
  const no = element("button", words("back.no"), { type: "button", className: "quiet" });
  no.addEventListener("click", () => { form.replaceWith(button); button.focus(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (why.value.trim()) back(one.fact, why.value);
  });
  form.append(why, sure, no);
  button.replaceWith(form);
  why.select();
}

function refusedLine(scan, forget) {
  const found = line(ending(scan.text), scan.refused, "refused");
  const button = element("button", words("seen"), { type: "button", className: "quiet" });
  button.addEventListener("click", () => forget(scan.id));
  found.append(button);
  return found;
}

export function showRecent(mine, last, { back, forget }) {
  const refused = mine.filter((scan) => scan.refused).map((scan) => refusedLine(scan, forget));
  const waiting = mine.filter((scan) => !scan.refused);
  const kept = [...waiting].reverse().slice(0, 10).map((scan) => line(ending(scan.text), words("kept"), "waits"));
  const had = last.map((one) => {
    const found = line(one.name, one.note, one.stands ? "" : "gone");
    if (!one.stands) { found.append(element("small", words("gone"))); return found; }
    const button = element("button", words("back"), { type: "button", className: "quiet" });
    button.setAttribute("aria-label", `${words("back")} ${one.name}`);
    button.addEventListener("click", () => askBack(one, button, back));
    found.append(button);
    return found;
  });
  if (document.activeElement?.closest?.(".taking-back")) return; // nobody's half-written reason is thrown away
  list.replaceChildren(...refused, ...kept, ...had);
  if (!list.children.length) list.append(line(words("nobody"), "", "none"));
}
