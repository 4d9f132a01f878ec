// Opens the station while the server cannot be reached. It keeps the shell, which shows nothing of anybody, and the files that the
// shell loads; never a page with names, never an answer. Scans are not its business: the page keeps them itself.

const SHELL = "/desk/station-shell";
const CACHE = "station-shell";
const PATIENCE = 3000;
const AWAY = new Set([502, 503, 504]);

async function fill() {
  const shell = await fetch(SHELL, { credentials: "omit", cache: "no-cache" });
  if (!shell.ok) throw new Error(`shell ${shell.status}`);
  const text = await shell.clone().text();
  const parts = [...text.matchAll(/(?:src|href|data-decoder)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  const answers = await Promise.all([...new Set(parts)].map(async (part) => [part, await fetch(part)]));
  const cache = await caches.open(CACHE);
  await Promise.all([[SHELL, shell], ...answers].filter(([, answer]) => answer.ok).map(([part, answer]) => cache.put(part, answer)));
  const known = new Set([SHELL, ...parts]);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!known.has(pathname + search)) await cache.delete(request);
  }
}

function inTime(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), PATIENCE))]);
}

async function open(event) {
  try {
    const answer = await inTime(fetch(event.request));
    if (AWAY.has(answer.status)) throw new Error(String(answer.status));
    event.waitUntil(fill().catch(() => {}));
    return answer;
  } catch (problem) {
    const kept = await caches.match(SHELL);
    if (kept) return kept;
    throw problem;
  }
}

// A file whose address changes with it may come from the cache; the others only while the server is away.
async function file(request) {
  const kept = await caches.match(request);
  if (kept && new URL(request.url).searchParams.has("v")) return kept;
  try {
    return await fetch(request);
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

addEventListener("install", (event) => { skipWaiting(); event.waitUntil(fill()); });
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (address.origin !== location.origin || event.request.method !== "GET") return;
  if (event.request.mode === "navigate") { if (/\/station$/.test(address.pathname)) event.respondWith(open(event)); }
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(event.request));
});
