// The check-in station: one path for every scan, whichever way it came. It is kept on this disk, then sent, then answered.

import { ending, isAddress, isDoubtful, isName, randomId, tidy } from "./codes.js";
import { listen } from "./keys.js";
import { addressOf, openShelf, outbox, post } from "./outbox.js";
import { complain, setLoud, show, words } from "./panel.js";
import { hasCamera, readPhoto, watch } from "./pictures.js";
import { showRecent } from "./recent.js";

const JUST_NOW = 60000;  // the same card within this is the same scan
const SAME_SIGHT = 4000; // a card held before the camera is seen many times
const SLOW = 1500;       // an answer that takes longer is not waited for: the card is safe here, and the next may come
const SETTLED = 300;     // what was chosen is chosen

const root = document.getElementById("station");
const choosing = document.getElementById("choosing");
const typing = document.getElementById("typing");
const found = document.getElementById("finding");
const banner = document.getElementById("kept");
const field = document.getElementById("f-text");

const memory = {
  get(key) { try { return JSON.parse(localStorage.getItem(`station.${key}`)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`station.${key}`, JSON.stringify(value)); } catch { /* the page works without */ } },
};

// What this page is for. Opened without a server it is what it was at the last visit: codes of unit and account, no names.
function settled() {
  const unit = decodeURIComponent(/\/units\/([^/]+)\/station/.exec(location.pathname)?.[1] ?? root.dataset.unit);
  if (root.dataset.unit) {
    const options = [...choosing.elements.what.options].map((option) => [option.value, option.text]);
    const name = document.querySelector(".over a")?.textContent ?? unit;
    memory.set(`of.${unit}`, { account: root.dataset.account, options, name, today: root.dataset.today });
    return { unit, account: root.dataset.account, today: root.dataset.today };
  }
  const kept = memory.get(`of.${unit}`) ?? { account: "", options: [], name: unit, today: "" };
  const way = document.createElement("a"); // out of here, once the server is back
  way.href = `/desk/units/${encodeURIComponent(unit)}`;
  way.textContent = kept.name;
  if (unit) document.getElementById("unit-name").replaceChildren(way);
  choosing.elements.what.replaceChildren(...kept.options.map(([value, text]) => new Option(text, value)));
  return { unit, account: kept.account, today: kept.today };
}

const { unit, account, ...page } = settled();
let { today } = page;
const asked = new URLSearchParams(location.search);
const recent = new Map(); // text -> {at, fact, answer}: what this window scanned in this round
let last = [];
let newest = "";
let turn = 0;

function chosen() {
  return { what: choosing.elements.what.value, day: choosing.elements.day.value };
}

// One round is one batch: this account, unit, lesson and day on this device.
const roundKey = ({ what, day }) => `round.${account}.${unit}.${what}.${day}`;

function round(choice) {
  const key = roundKey(choice);
  let id = memory.get(key);
  if (!id) memory.set(key, (id = randomId()));
  return id;
}

const station = () => ({ unit, account, ...chosen(), round: round(chosen()) });

const shelf = await openShelf();
const box = outbox(shelf, station, heard, stands);

async function scan(read) {
  const text = tidy(read);
  if (!text) return;
  if (isAddress(text)) { complain("address"); return; }
  if (!account || !chosen().what) { complain("unknown"); return; }
  if (!chosen().day) { complain("no-day"); return; }
  const before = recent.get(text);
  if (before && Date.now() - before.at < JUST_NOW) { showAgain(text, before); return; }
  const now = station();
  const id = randomId();
  newest = id;
  recent.set(text, { at: Date.now() });
  show({ state: "reading", head: ending(text) });
  try {
    await box.keep({ id, text, at: Date.now(), turn: turn++, ...now });
  } catch {
    recent.delete(text);
    complain("full");
    return;
  }
  keepAwake();
  setTimeout(() => newest === id && showKept(text), SLOW);
  await Promise.all([box.tell(), box.flush()]);
}

function showKept(text) {
  show({ state: "kept", head: ending(text), below: words(isDoubtful(text) ? "kept.doubtful" : "kept.below") });
}

function showAgain(text, { answer }) {
  if (answer) show({ state: "known", said: words("again"), head: answer.head, hours: answer.hours, below: answer.note });
  else showKept(text);
}

function showAnswer({ state, head, hours, note }) {
  newest = "";
  show({ state, head, hours, below: note });
}

// Another window of this browser may send what was scanned in this one.
const windows = "BroadcastChannel" in globalThis ? new BroadcastChannel("campmgr-station") : null;
windows?.addEventListener("message", ({ data }) => data.forEach((one) => one.id === newest && showAnswer(one)));

// Answers, one by one; the panel shows the newest scan. Comes back: the refused ones that were not shown, with why.
function heard(told, isHere, sent) {
  const unseen = [];
  for (const one of told.scans) {
    const scanned = sent.get(one.id);
    if (scanned && one.state !== "refused") recent.set(scanned.text, { at: recent.get(scanned.text)?.at ?? 0, fact: one.fact, answer: one });
    if (scanned && one.state === "refused") recent.delete(scanned.text);
    if (one.id === newest) showAnswer(one);
    else if (one.state === "refused") unseen.push([one.id, `${one.head}${one.note}`]);
  }
  windows?.postMessage(told.scans);
  if (unseen.length) show({ state: "refused", head: words("unseen", { n: unseen.length }), below: words("unseen.below") });
  if (!isHere) return unseen;
  last = told.last;
  today = told.today;
  if (told.over) memory.set(roundKey(chosen()), null); // taken back as a whole: the next scan begins another
  const all = document.getElementById("all");
  all.textContent = told.here ? told.here.marked : "—";
  if (told.here) all.append(Object.assign(document.createElement("small"), { textContent: ` / ${told.here.of}` }));
  document.getElementById("count").textContent = told.count;
  const link = document.getElementById("round");
  link.hidden = !told.count;
  link.href = told.batch;
  return unseen;
}

function stands({ state, error, mine, others }) {
  const kept = mine.filter((one) => !one.refused);
  const waiting = kept.length;
  document.getElementById("waiting").textContent = waiting;
  showRecent(mine, last, { back: takeBack, forget: box.forget });
  const now = state && kept.find((one) => one.id === newest);
  if (now) {
    newest = "";
    showKept(now.text);
  }
  const parts = [];
  if (state === "lost") parts.push(words(waiting ? "lost" : "lost.none", { n: waiting }));
  if (state === "login") parts.push(words("login", { n: waiting }), link("/login", words("login.link")));
  if (state === "stuck") parts.push(words("stuck", { n: waiting }), error.sentence, error.hint);
  if (others) parts.push(words("others", { n: others }), button(words("others.adopt"), () => box.adopt()));
  if (!shelf.lasting) parts.push(words("memory"));
  if (chosen().day !== today && today) parts.push(words("not-today", { day: chosen().day }));
  banner.replaceChildren(...parts.flatMap((part) => [part, " "]));
  banner.hidden = !parts.length;
  banner.classList.toggle("bad", state === "stuck" || state === "login");
}

function link(href, text) {
  return Object.assign(document.createElement("a"), { href, textContent: text, target: "_blank", rel: "noopener" });
}

function button(text, onClick) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: text });
  made.addEventListener("click", onClick);
  return made;
}

async function takeBack(fact, reason) {
  const { told, error, lost } = await post(addressOf(unit, "back"), { ...station(), fact, reason });
  document.activeElement?.blur();
  if (told) {
    for (const [text, one] of recent) if (one.fact === fact) recent.delete(text);
    heard(told, true, new Map());
    show({ state: "idle", said: words("gone") });
    await box.tell();
  } else {
    show({ state: "refused", said: lost ? words("lost.none") : error.sentence, below: error?.hint ?? "" });
  }
}

async function search(name) {
  const sent = new FormData();
  sent.set("text", name);
  try {
    const answer = await fetch(addressOf(unit, "found"), { method: "POST", body: new URLSearchParams(sent) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("found").replaceWith(document.adoptNode(page.getElementById("found")));
    document.querySelector("#found button")?.focus();
  } catch {
    complain("offline-name");
  }
}

typing.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const text = tidy(field.value);
  field.value = "";
  document.getElementById("found").replaceChildren();
  if (!text) return;
  if (isName(text)) search(text);
  else scan(text);
});

found.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  document.getElementById("found").replaceChildren();
  scan(event.submitter.value);
});

choosing.addEventListener("submit", (event) => event.preventDefault());
// A list or calendar that was clicked lets go of the keys, which are the scanner's again; one worked by keys keeps them. A scanner
// that types into the calendar changes it many times and is put back by `listen`, so what was chosen counts after a pause.
let clicked = false;
let settling = 0;
choosing.addEventListener("pointerdown", () => { clicked = true; });
choosing.addEventListener("keydown", () => { clicked = false; });
choosing.addEventListener("change", (event) => {
  if (clicked) event.target.blur();
  clearTimeout(settling);
  settling = setTimeout(choose, SETTLED);
});

let current = "";
function choose() {
  const said = JSON.stringify(chosen());
  if (said === current || !chosen().day) return;
  current = said;
  memory.set(`chosen.${unit}`, chosen());
  for (const form of [typing, found]) for (const name of ["what", "day"]) form.elements[name].value = chosen()[name];
  history.replaceState(null, "", `${location.pathname}?${new URLSearchParams(chosen())}`);
  recent.clear();
  last = [];
  show({ state: "idle", below: words("idle.below") });
  box.flush(true);
}

const photo = document.getElementById("photo");
async function readChosen() {
  const [file] = photo.files;
  photo.value = "";
  if (!file) return;
  show({ state: "reading", said: words("photo") });
  let text = "";
  try { text = await readPhoto(file, root.dataset.decoder); } catch { /* no picture, or no decoder while the server is away */ }
  if (text) await scan(text);
  else complain("unread");
}
photo.addEventListener("change", readChosen);
readChosen(); // what was chosen before this script was there

const camera = document.getElementById("camera");
const live = document.getElementById("live");
let stop = null;
camera.addEventListener("click", async () => {
  if (stop) { stop(); stop = null; } else {
    let seen = { text: "", at: 0 };
    try {
      live.hidden = false;
      stop = await watch(live, root.dataset.decoder, (text) => {
        const isSame = text === seen.text && Date.now() - seen.at < SAME_SIGHT;
        seen = { text, at: Date.now() };
        if (!isSame) scan(text);
      });
    } catch { complain("no-camera"); }
  }
  live.hidden = !stop;
  camera.setAttribute("aria-pressed", String(Boolean(stop)));
  camera.textContent = words(stop ? "camera-on" : "camera-off");
});

const sound = document.getElementById("sound");
function listenTo(on) {
  setLoud(on);
  sound.setAttribute("aria-pressed", String(on));
}
sound.addEventListener("click", () => {
  const on = sound.getAttribute("aria-pressed") !== "true";
  memory.set("sound", on);
  listenTo(on);
});
listenTo(memory.get("sound") ?? true);

let awake = null;
async function keepAwake() {
  try { awake ??= await navigator.wakeLock?.request("screen"); } catch { awake = null; }
}
document.addEventListener("visibilitychange", () => { awake = null; });

function begin() {
  const kept = memory.get(`chosen.${unit}`);
  if (kept && !asked.has("what") && [...choosing.elements.what.options].some((each) => each.value === kept.what)) {
    choosing.elements.what.value = kept.what;
  }
  if (asked.has("what")) choosing.elements.what.value = asked.get("what");
  if (!choosing.elements.day.value) choosing.elements.day.value = asked.get("day") || kept?.day || today;
  current = JSON.stringify(chosen());
  if (document.querySelector("#panel.idle")) show({ state: "idle", below: words("idle.below") });
  for (const form of [typing, found]) for (const name of ["what", "day"]) form.elements[name].value = chosen()[name];
  choosing.querySelector("button").hidden = true;
  for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;
  document.getElementById("ways").hidden = false;
  camera.hidden = !hasCamera();
  document.getElementById("insecure").hidden = isSecureContext;
  listen(scan);
  navigator.serviceWorker?.register(root.dataset.worker, { scope: addressOf(unit, "").slice(0, -1) }).catch(() => {});
  navigator.storage?.persist?.().catch(() => {});
  box.flush(true);
  root.dataset.ready = "yes";
}

begin();
