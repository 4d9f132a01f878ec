/* Bytes, SHA-256 and base64url, for browsers of the last ten years and for pages opened from a stick: no crypto.subtle there. */
const Bytes = (() => {
  "use strict";
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const encoder = new TextEncoder();

  function utf8(text) {
    return encoder.encode(text);
  }

  /** The text of UTF-8; throws for what is none. */
  function text(bytes) {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  }

  function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { whole.set(part, at); at += part.length; }
    return whole;
  }

  function hex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** The bytes of hex digits; throws for anything else. */
  function fromHex(digits) {
    if (!/^(?:[0-9a-f]{2})*$/.test(digits)) throw new Error("not hex");
    return Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));
  }

  /** A number of big-endian bytes; exact up to six of them. */
  function number(bytes) {
    return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  }

  /** The bytes of base64url without padding; throws also for stray bits at its end. */
  function fromBase64url(characters) {
    if (!/^[\w-]+$/.test(characters) || characters.length % 4 === 1) throw new Error("not base64url");
    const bytes = new Uint8Array(Math.floor(characters.length * 3 / 4));
    let held = 0, bits = 0, at = 0;
    for (const character of characters) {
      held = (held << 6 | ALPHABET.indexOf(character)) & 0xffff;
      bits += 6;
      if (bits >= 8) { bits -= 8; bytes[at++] = held >> bits & 255; }
    }
    if (held & (1 << bits) - 1) throw new Error("stray bits");
    return bytes;
  }

  const isPrime = (value) => { for (let by = 2; by * by <= value; by++) if (value % by === 0) return false; return true; };
  const primes = Array.from({ length: 312 }, (_, at) => at).filter((value) => value > 1 && isPrime(value)).slice(0, 64);
  const fraction = (value) => (value - Math.floor(value)) * 0x100000000 | 0;
  const ROUNDS = primes.map((prime) => fraction(Math.cbrt(prime)));
  const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const turned = (word, by) => word >>> by | word << 32 - by;

  /** SHA-256 (FIPS 180-4) as hex. */
  function sha256(bytes) {
    const padded = new Uint8Array((bytes.length + 9 + 63 >> 6) << 6);
    padded.set(bytes);
    padded[bytes.length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(padded.length - 4, bytes.length << 3);
    const state = START.slice(), words = new Int32Array(64);
    for (let block = 0; block < padded.length; block += 64) {
      for (let at = 0; at < 64; at++) words[at] = at < 16 ? view.getInt32(block + 4 * at) : expanded(words, at);
      compress(state, words);
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  function expanded(words, at) {
    const near = words[at - 2], far = words[at - 15];
    const second = turned(near, 17) ^ turned(near, 19) ^ near >>> 10;
    const first = turned(far, 7) ^ turned(far, 18) ^ far >>> 3;
    return words[at - 16] + first + words[at - 7] + second | 0;
  }

  function compress(state, words) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at++) {
      const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + (e & f ^ ~e & g) + ROUNDS[at] + words[at] | 0;
      const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
      h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] = state[at] + word | 0; });
  }

  return { utf8, text, joined, hex, fromHex, number, fromBase64url, sha256 };
})();
