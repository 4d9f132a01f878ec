/* Codes that people type, paste or scan, taken out of whatever stands around them: step for step what campmgr/typed_codes.py does,
   for pages that answer without a server. */
const LOOKALIKES = { O: "0", I: "1", L: "1", U: "V" };
const DASHES = /[\u2010\u2011\u2012\u2013\u2014\u2015\u2212]/g;
const SCANNERS_MARK = /^\][A-Za-z][0-9A-Za-z]/; // what a scanner may tell of the symbology, ]Q3
const LONGEST_TYPED = 4000;
const WORD_SIGN = "[0-9A-Z]", DIGIT_SIGN = "[0-9]", DIGITS_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A text without what nobody typed: control and zero-width characters, a scanner's mark, outer blanks; in half width. */
export function tidied(text) {
  const seen = text.slice(0, LONGEST_TYPED).normalize("NFKC").replace(/[\p{Cc}\p{Cf}]/gu, (sign) => ("\t\n\r".includes(sign) ? sign : ""));
  return seen.replace(DASHES, "-").trim().replace(SCANNERS_MARK, "").trim();
}

/** A text tidied, in capitals, without the letters that our codes never hold. */
export const folded = (text) => tidied(text).toUpperCase().replace(/[OILU]/g, (letter) => LOOKALIKES[letter]);

/** The certificate's number in a text, in its printed form; the text tidied where it holds none, or two. */
export function certificateNumberIn(text) {
  const found = only(folded(text), 16, WORD_SIGN, isCertificateNumber);
  if (found) return found.match(/.{4}/g).join("-");
  const plain = tidied(text), bare = (plain.toUpperCase().match(/[\p{L}\p{N}]/gu) ?? []);
  return bare.length === 16 ? bare.join("").match(/.{4}/gu).join("-") : plain;
}

/** The sixteen digits of a card in a text; "" where it holds none, or two. */
export const personCodeIn = (text) => only(folded(text), 16, DIGIT_SIGN, isPersonCode);

/** The same where it stands alone: a longer number may be a 编号 that holds one by chance. */
export const personCodeAloneIn = (text) => only(folded(text), 16, DIGIT_SIGN, isPersonCode, [whole, inGroups, alone]);

/** ISO 7064 MOD 97-10 over sixteen digits, in two steps that a double holds exactly. */
export function isPersonCode(text) {
  if (!/^\d{16}$/.test(text)) return false;
  return ((Number(text.slice(0, 8)) % 97) * 1e8 + Number(text.slice(8))) % 97 === 1;
}

/** Whether a number, with or without its strokes, has the right form and check character. */
export function isCertificateNumber(text) {
  const bare = text.replace(/-/g, "");
  return /^[0-9A-Z]{16}$/.test(bare) && bare[15] === checkCharacterOf(bare.slice(0, 15));
}

/** ISO 7064 MOD 37,36. */
export function checkCharacterOf(text) {
  let product = 36;
  for (const character of text) {
    product = (product + DIGITS_36.indexOf(character)) % 36 || 36;
    product = product * 2 % 37;
  }
  return DIGITS_36[(37 - product) % 36];
}

/** The first step in which a part has the right check characters decides, and only where it is one part. */
function only(plain, length, sort, fits, steps = [whole, inGroups, alone, anywhere]) {
  for (const step of steps) {
    const found = new Set([...step(plain, length, sort)].filter(fits));
    if (found.size) return found.size === 1 ? [...found][0] : "";
  }
  return "";
}

const withoutGaps = (text) => text.replace(/[-\s]/g, "");

function* whole(plain, length, sort) {
  const bare = withoutGaps(plain);
  if (bare.length === length && new RegExp(`^${sort}+$`).test(bare)) yield bare;
}

/** What a pattern finds from each place on before which no sign of a code stands; older browsers cannot look behind. */
function* fromEachPlace(plain, pattern, overlapping) {
  const here = new RegExp(`(${pattern})(?![0-9A-Z])`, "y");
  for (let at = 0; at < plain.length; at++) {
    here.lastIndex = at;
    const found = /[0-9A-Z]/.test(plain[at - 1] ?? "") ? null : here.exec(plain);
    if (found) yield found[1];
    if (found && !overlapping) at += found[1].length - 1;
  }
}

/** Groups as they are printed: of four, or half and half. */
function* inGroups(plain, length, sort) {
  for (const group of new Set([4, length / 2])) {
    const times = length / group - 1;
    for (const each of fromEachPlace(plain, `(?:${sort}{${group}}[-\\s]){${times}}${sort}{${group}}`, false)) yield withoutGaps(each);
  }
}

/** A word of its length, or one with blanks and strokes in it. */
function* alone(plain, length, sort) {
  for (const each of fromEachPlace(plain, `(?:${sort}[-\\s]?){${length - 1}}${sort}`, true)) yield withoutGaps(each);
}

function* anywhere(plain, length, sort) {
  for (const word of plain.match(new RegExp(`${sort}+(?:-${sort}+)*`, "g")) ?? []) {
    const bare = word.replace(/-/g, "");
    for (let at = 0; at + length <= bare.length; at++) yield bare.slice(at, at + length);
  }
}
