// A scanner is a keyboard that types fast and ends with Enter. Where a Chinese input method swallows the letters, the keys
// themselves are read (event.code); and the run is taken back out of whatever field it fell into.

const FAST = 100;     // at most so many milliseconds between two keys of a scanner
const PATIENCE = 2000; // typing on no field at all may be slow
const SHORTEST = 3;    // fewer keys before Enter are somebody at the keyboard

const SIGNS = { Minus: "-", NumpadSubtract: "-", Period: ".", NumpadDecimal: ".", Slash: "/", NumpadDivide: "/", Equal: "=" };
const SHIFTED = { Semicolon: ":", Slash: "?", Minus: "_", Digit7: "&" };

function characterOf(event) {
  const { key, code } = event;
  if (/^[!-~]$/.test(key)) return key;
  if (event.shiftKey && SHIFTED[code]) return SHIFTED[code];
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) return digit[1];
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter) return event.shiftKey !== event.getModifierState("CapsLock") ? letter[1] : letter[1].toLowerCase();
  return SIGNS[code] ?? "";
}

const SILENT = new Set(["Shift", "CapsLock", "NumLock"]); // what scanners press around their letters
const endsScan = (event) => /^(?:Numpad)?Enter$|^Tab$/.test(event.code || event.key);
const isField = (element) => element instanceof HTMLInputElement && !/^(?:checkbox|radio|file|button|submit)$/.test(element.type);

export function listen(onScan) {
  let run = "";
  let last = 0;
  let fast = true;
  let field = null;
  let before = "";

  function begin(target) {
    run = "";
    fast = true;
    field = isField(target) ? target : null;
    before = field ? field.value : "";
  }

  // A composition ends after the key that ended it, so the field is put right once more then.
  function putBack(target, value) {
    const restore = () => {
      if (target.value === value) return;
      target.value = value;
      target.dispatchEvent(new Event("change", { bubbles: true }));
    };
    restore();
    setTimeout(restore);
    setTimeout(restore, 120);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || SILENT.has(event.key)) return;
    const gap = event.timeStamp - last;
    last = event.timeStamp;
    if (endsScan(event)) {
      const scanned = run;
      const isScan = scanned.length >= SHORTEST && gap <= PATIENCE && (!field || (fast && gap <= FAST));
      const where = field;
      const value = before;
      begin(null);
      if (!isScan) return;
      event.preventDefault();
      event.stopPropagation();
      if (where) putBack(where, value);
      onScan(scanned);
      return;
    }
    const character = characterOf(event);
    // the digits stand in groups on a card, and are typed so; a space on a button presses it
    const parts = event.code === "Space" && run && !field && gap <= PATIENCE && document.activeElement === document.body;
    if (parts) event.preventDefault();
    if (!character) { if (!parts) begin(null); return; }
    const target = document.activeElement;
    if (!run || target !== (field || target) || isField(target) !== Boolean(field) || gap > (field ? FAST : PATIENCE)) begin(target);
    if (run && gap > FAST) fast = false;
    run += character;
    // No field takes these: a list must not jump to another lesson, nor the page to a search.
    if (!field) event.preventDefault();
  }, true);
}
