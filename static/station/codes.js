// What was scanned or typed, in one form, and what is wrong with it: all of it without a server.

import { isPersonCode, personCodeAloneIn, tidied } from "./codes_in.js";

const BETWEEN_DIGITS = /[\s-]/g;

// The card's code where it stands alone in a text; else the text tidied, sixteen digits without what stood between them.
export function tidy(text) {
  const plain = tidied(text), bare = plain.replace(BETWEEN_DIGITS, "");
  return personCodeAloneIn(text) || (/^\d{16}$/.test(bare) ? bare : plain);
}

// An address may be somebody's own page, so it is never kept.
export const isAddress = (text) => /[a-z]+:\/\//i.test(text);

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
