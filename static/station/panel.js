// The answer to a scan, so large and loud that it is understood without looking twice.

const TONES = { // [hertz, start, seconds]: told apart with eyes closed
  recorded: [[1047, 0, 0.12]],
  known: [[740, 0, 0.09], [740, 0.14, 0.09]],
  pending: [[740, 0, 0.09], [587, 0.14, 0.14]],
  kept: [[587, 0, 0.14]],
  refused: [[196, 0, 0.4]],
};

export const words = (() => {
  const found = new Map();
  for (const each of document.getElementById("words").content.querySelectorAll("[data-word]")) found.set(each.dataset.word, each.textContent);
  return (key, values = {}) => (found.get(key) ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
})();

const panel = document.getElementById("panel");
let context = null;
let loud = true;

export function setLoud(on) { loud = on; }

function sound(state) {
  if (!loud || !TONES[state]) return;
  try {
    context ??= new AudioContext();
    context.resume();
    for (const [hertz, start, seconds] of TONES[state]) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const at = context.currentTime + start;
      tone.frequency.value = hertz;
      tone.type = state === "refused" ? "square" : "sine";
      volume.gain.setValueAtTime(0.25, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + seconds);
    }
  } catch { /* a browser without sound still shows colour and words */ }
}

function shake(state) {
  if (navigator.vibrate && navigator.userActivation?.hasBeenActive) navigator.vibrate(state === "refused" ? [120, 80, 120] : 40);
}

// `said` is the short word, `head` the name or the end of a code.
export function show({ state, said, head = "", hours = "", below = "" }) {
  panel.className = `panel ${state}`;
  for (const [part, text] of Object.entries({ said: said ?? words(state), head, hours, below })) {
    panel.querySelector(`.${part}`).textContent = text;
  }
  if (state === "idle") return;
  panel.scrollIntoView({ block: "nearest" });
  if (state === "reading") return;
  sound(state);
  shake(state);
}

// A sentence of the station's own, with what to do below it.
export function complain(word) {
  show({ state: "refused", said: words(word), below: words(`${word}.below`) });
}
