// Says on the element itself when something sent by it did not arrive, and takes that back when the next try does.
(() => {
  "use strict";
  const CUT = "连接中断，自动重试；显示的是最后一次的数据。";
  const WORDS = "没有保存：连不上服务器。内容还在这里，请稍后再试。";

  function place(element) {
    return element.closest("form, tr, section, dl") || element;
  }

  function complain(event) {
    const where = place(event.target);
    where.classList.add("unsaved");
    if (where.querySelector(":scope > .unsaved-words")) return;
    const words = document.createElement(where.tagName === "TR" ? "td" : "p");
    words.className = "unsaved-words error";
    words.setAttribute("role", "alert");
    words.textContent = WORDS;
    where.append(words);
  }

  function relax(event) {
    const where = place(event.target);
    where.classList.remove("unsaved");
    where.querySelector(":scope > .unsaved-words")?.remove();
  }

  // A fragment that merely refreshes itself is no loss when it fails: its next try comes by itself.
  const recordsSomething = (event) => !event.target.matches?.("[hx-trigger^=every]");

  document.addEventListener("htmx:error", (event) => recordsSomething(event) ? complain(event) : cut(true, event.target));
  document.addEventListener("htmx:after:request", relax);

  // A part that looks for news by itself takes its own part alone for an answer: not the page of a captive portal that says 200, and
  // not a server that never answers. Meanwhile the last answer stays, and [data-cut] says so.
  function cut(is, part) {
    let words = document.querySelector("[data-cut]");
    if (!words) {
      words = Object.assign(document.createElement("p"), { className: "note warn", textContent: CUT });
      words.setAttribute("role", "status");
      words.dataset.cut = "";
      part.before(words);
    }
    words.hidden = !is;
  }
  function isOwn(text, id) {
    const found = new DOMParser().parseFromString(text ?? "", "text/html").body;
    return found.childElementCount === 1 && found.firstElementChild.id === id;
  }
  document.addEventListener("htmx:config:request", (event) => {
    if (!recordsSomething(event)) event.detail.ctx.request.timeout = "10s";
  });
  document.addEventListener("htmx:before:swap", (event) => {
    if (recordsSomething(event)) return;
    const own = isOwn(event.detail.ctx.text, event.target.id);
    cut(!own, event.target);
    if (!own) event.preventDefault();
  });

  // Whoever pressed something that is gone after it goes on where they were, not at the top of the page.
  document.addEventListener("htmx:after:swap", (event) => {
    const { target, request } = event.detail.ctx;
    const part = request?.method === "POST" && target?.id ? document.getElementById(target.id) : null;
    if (!part || document.activeElement !== document.body) return;
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  });

  // On a phone the rows of a wide table stand below each other, each cell with the heading of its column (.stacks).
  function label(table) {
    const heads = [...(table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? [])];
    if (heads.length < (table.closest(".before") ? 3 : 4)) return;
    table.classList.add("stacks");
    for (const row of table.querySelectorAll(":scope > tbody > tr, :scope > tfoot > tr")) {
      if (row.cells.length !== heads.length) continue;
      heads.forEach((head, at) => {
        const cell = row.cells[at];
        const words = cell.textContent.trim();
        if (cell.tagName === "TD" && head.textContent && words && !cell.querySelector(".badge")) cell.dataset.label = head.textContent;
        cell.classList.toggle("none", words === "—");
      });
    }
  }
  const labelled = () => document.querySelectorAll(".scroll > table:not(.twice, .lines)").forEach(label);
  labelled();
  document.addEventListener("htmx:after:swap", labelled);

  // A number this browser makes up once, so that one device that declares for many is noticed; plain http has no randomUUID.
  function device() {
    try {
      const made = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (!localStorage.getItem("device")) localStorage.setItem("device", made());
      return localStorage.getItem("device");
    } catch { return ""; }
  }
  for (const field of document.querySelectorAll("input[data-device]")) field.value = device();

  // A form that came while others wrote is sent again by itself, with all it said (templates/busy.html).
  const again = document.querySelector("form[data-again]");
  if (again) setTimeout(() => again.requestSubmit(), 1000 * Number(again.dataset.again));

  // Somebody's own page that Back brings from memory may be out of date, or of somebody who has left: it is asked for again.
  addEventListener("pageshow", (event) => { if (event.persisted && location.pathname.startsWith("/p/")) location.reload(); });

  // One press sends a form once; the server would count it once anyway.
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("button:not([type=button])");
    if (button) setTimeout(() => { button.disabled = true; setTimeout(() => { button.disabled = false; }, 3000); });
  });
})();
