// What was scanned or typed, in one form, and what is wrong with it: all of it without a server.

const UNSEEN = /[\u0000-\u001f\u200b-\u200f\u2060\ufeff]/g;
const SCANNERS_MARK = /^\][A-Za-z][0-9A-Za-z]/; // what a scanner may tell of the symbology, ]Q3
const BETWEEN_DIGITS = /[\s\-\u2013\u2014\u3000]/g;

export function tidy(text) {
  const plain = text.normalize("NFKC").replace(UNSEEN, "").trim().replace(SCANNERS_MARK, "");
  const bare = plain.replace(BETWEEN_DIGITS, "");
  if (/^\d{16}$/.test(bare)) return bare;
  const parts = (plain.match(/\d{16,}/g) ?? []).flatMap((run) => Array.from({ length: run.length - 15 }, (_, at) => run.slice(at, at + 16)));
  const codes = [...new Set(parts.filter(isPersonCode))];
  return codes.length === 1 && !isAddress(plain) ? codes[0] : plain;
}

// ISO 7064 MOD 97-10 over sixteen digits, in two steps that a double holds exactly.
export function isPersonCode(text) {
  if (!/^\d{16}$/.test(text)) return false;
  return ((Number(text.slice(0, 8)) % 97) * 1e8 + Number(text.slice(8))) % 97 === 1;
}

// An address may be somebody's own page, so it is never kept.
export const isAddress = (text) => /^[a-z]+:\/\//i.test(text);

// Sixteen digits whose check digits do not fit are mistyped, or somebody's 编号: the server knows which.
export const isDoubtful = (text) => /^\d{16}$/.test(text) && !isPersonCode(text);

// A name is looked for; whatever has a digit or a latin letter in it is a code.
export function isName(text) {
  return !/[0-9A-Za-z]/.test(text);
}

// What stands on the screen while nobody knows whose it is: the end of a card's code, a 编号 as it was typed.
export const ending = (text) => (text.length < 13 ? text : `…${text.slice(-4)}`);

// Plain http on the local network offers no crypto.randomUUID.
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
