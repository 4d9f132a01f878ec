/* Reads what QR codes hold, byte for byte as campmgr/areas/certificates/proof/statement.py and revocation_list.py write it; anything else throws. */
const Forms = (() => {
  "use strict";
  const BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const FIRST = Date.UTC(2000, 0, 1);
  const MODES = ["full", "masked", "none"], STATES = ["revoked", "superseded", "stands"];

  function need(condition) {
    if (!condition) throw new Error("another form");
  }

  /** The printed number of the lowest 75 bits of ten bytes. */
  function numberOf(bytes) {
    const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("").slice(5);
    let text = "";
    for (let place = 14; place >= 0; place--) text += BASE32[parseInt(bits.slice(5 * place, 5 * place + 5), 2)];
    return (text + checkCharacterOf(text)).match(/.{4}/g).join("-");
  }

  const LONGEST_NUMBER = 60;

  /** { number, code }: what somebody scanned, pasted or typed, as `scanned` of proof/statement.py reads it. */
  function scanned(text) {
    const bare = tidied(text).replace(/\s/g, "");
    const hash = bare.indexOf("#"), address = hash < 0 ? bare : bare.slice(0, hash), path = address.indexOf("/c/");
    if (hash >= 0 || path >= 0) {
      const number = certificateNumberIn(path < 0 ? "" : address.slice(path + 3));
      return { number: number.slice(0, LONGEST_NUMBER), code: hash < 0 ? "" : bare.slice(hash + 1) };
    }
    const number = certificateNumberIn(text), isLong = bare.length > LONGEST_NUMBER;
    if (isLong && (/^[\w-]*$/.test(bare) || !isCertificateNumber(number))) return { number: "", code: bare };
    return { number: number.slice(0, LONGEST_NUMBER), code: "" };
  }

  /** The bytes of a text whose check fits. */
  function checked(code) {
    const data = Bytes.fromBase64url(code), end = data.length - 2;
    need(end > 64 && Bytes.sha256(data.subarray(0, end)).slice(0, 4) === Bytes.hex(data.subarray(end)));
    return data;
  }

  function head(data, version, length) {
    need(data[0] === version && data.length >= length + 66);
    return { campaign: Bytes.hex(data.subarray(1, 5)), key: Bytes.hex(data.subarray(5, 11)),
      content: data.subarray(0, data.length - 66), signature: data.subarray(data.length - 66, data.length - 2) };
  }

  /** A certificate's statement. */
  function statement(data) {
    const said = head(data, 1, 29), content = said.content, texts = [];
    let at = 26;
    for (let count = 0; count < 3; count++) {
      const end = at + 1 + content[at];
      need(end <= content.length);
      texts.push((count ? Bytes.text : Bytes.hex)(content.subarray(at + 1, end)));
      at = end;
    }
    const mode = MODES[content[11] >> 3];
    need(at === content.length && mode !== undefined);
    const day = new Date(FIRST + Bytes.number(content.subarray(24, 26)) * 86400000).toISOString().slice(0, 10);
    return Object.assign(said, { number: numberOf(content.subarray(11, 21)), mode, credited: Bytes.number(content.subarray(21, 24)),
      issuedOn: day, unit: texts[0], unitName: texts[1], name: texts[2] });
  }

  /** A part of a list; `asOf` in milliseconds, entries as [number, state, number instead]. */
  function listPart(data) {
    const said = head(data, 2, 19), content = said.content, entries = [];
    const part = Bytes.number(content.subarray(15, 17)), parts = Bytes.number(content.subarray(17, 19));
    need(1 <= part && part <= parts);
    for (let at = 19; at < content.length;) {
      const state = STATES[content[at] >> 3], size = state === "superseded" ? 20 : 10;
      need(state !== undefined && at + size <= content.length);
      need(size === 10 || content[at + 10] >> 3 === 0);
      entries.push([numberOf(content.subarray(at, at + 10)), state, size === 20 ? numberOf(content.subarray(at + 10, at + 20)) : ""]);
      at += size;
    }
    return Object.assign(said, { asOf: FIRST + Bytes.number(content.subarray(11, 15)) * 60000, part, parts, entries });
  }

  return { scanned, checked, statement, listPart };
})();
