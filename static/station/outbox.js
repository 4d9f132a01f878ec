// Every scan is kept on this disk first, then posted; only what the server has answered is deleted. Posting the same again is
// harmless there, so two windows, lost answers and a browser that was killed need no other care.

const STORE = "scans";
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10000;
const PATIENCE = 8000;
const AT_ONCE = 100;

function promised(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

// Where scans are kept: {add, remove, all, lasting}. Without a disk (private windows) in memory, and `lasting` says so.
export async function openShelf(name = "campmgr-station") {
  try {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    const database = await promised(opening);
    const change = async (what) => {
      const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
      what(transaction.objectStore(STORE));
      await finished(transaction);
    };
    return {
      lasting: true,
      add: (scan) => change((store) => store.put(scan)),
      remove: (ids) => change((store) => ids.forEach((id) => store.delete(id))),
      all: async () => {
        const found = await promised(database.transaction(STORE).objectStore(STORE).getAll());
        return found.sort((a, b) => a.at - b.at || a.turn - b.turn);
      },
    };
  } catch {
    const kept = new Map();
    return {
      lasting: false,
      add: async (scan) => void kept.set(scan.id, scan),
      remove: async (ids) => ids.forEach((id) => kept.delete(id)),
      all: async () => [...kept.values()],
    };
  }
}

export async function post(address, body) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal: giveUp.signal,
    });
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    if (answer.ok && told) return { told };
    if (told?.error && answer.status < 500) return { error: told.error };
    return { lost: true };
  } catch {
    return { lost: true };
  } finally {
    clearTimeout(timer);
  }
}

export const addressOf = (unit, action) => `/desk/units/${encodeURIComponent(unit)}/station/${action}`;

// What is kept, sent as soon as it can be. `station()` says whose scans go along and what to count; `heard` gets every answer and
// tells which refused scans nobody saw, so that they stay here, unsent, until somebody has; `stands` gets the state of things:
// {state: "" | "lost" | "login" | "stuck", error, mine, others}.
export function outbox(shelf, station, heard, stands) {
  let running = false;
  let again = false;
  let asked = false;
  let pause = FIRST_PAUSE;
  let timer = 0;
  let state = { state: "", error: null };

  async function tell() {
    const { account } = station();
    const kept = await shelf.all();
    const mine = kept.filter((scan) => scan.account === account);
    stands({ ...state, mine, others: kept.length - mine.length });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(flush, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  // One run of one unit's scans, the unit in hand first: "more" while there may be more, "later" when it did not get through. With
  // nothing to send the server is asked how things stand, when somebody wants to know or it was away.
  async function send() {
    const now = station();
    const mine = (await shelf.all()).filter((scan) => scan.account === now.account && !scan.refused);
    const isAsked = (asked || state.state) && now.unit;
    const unit = isAsked || mine.some((scan) => scan.unit === now.unit) ? now.unit : mine[0]?.unit;
    if (!unit) return "done";
    asked = false;
    const scans = mine.filter((scan) => scan.unit === unit).slice(0, AT_ONCE);
    const body = { account: now.account, round: now.round, what: now.what, day: now.day, scans };
    const { told, error, lost } = await post(addressOf(unit, "scans"), body);
    if (told) {
      state = { state: "", error: null };
      pause = FIRST_PAUSE;
      const unseen = new Map(heard(told, unit === now.unit, new Map(scans.map((scan) => [scan.id, scan]))));
      for (const [id, refused] of unseen) await shelf.add({ ...scans.find((scan) => scan.id === id), refused });
      await shelf.remove(told.scans.map((one) => one.id).filter((id) => !unseen.has(id)));
      return told.scans.some((one) => scans.some((scan) => scan.id === one.id)) ? "more" : "done";
    }
    state = lost ? { state: "lost", error: null } : { state: error.reason === "not_logged_in" ? "login" : "stuck", error };
    later();
    return "later";
  }

  async function flush(ask = false) {
    asked ||= ask === true;
    if (running) { again = true; return; }
    running = true;
    const turn = navigator.locks ? (work) => navigator.locks.request("campmgr-station", work) : (work) => work();
    let went = "more";
    try {
      while (went === "more" || (again && went === "done")) {
        again = false;
        went = await turn(send);
        await tell();
      }
    } finally {
      running = false;
    }
  }

  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  return {
    flush,
    tell,
    async keep(scan) { await shelf.add(scan); },
    async adopt() {
      const { account } = station();
      for (const scan of await shelf.all()) if (scan.account !== account) await shelf.add({ ...scan, account });
      await flush();
    },
    async forget(id) { await shelf.remove([id]); await tell(); },
  };
}
