/* Closes bytes for the host alone: HPKE (RFC 9180), base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305, for browsers without crypto.subtle. */
const Sealing = (() => {
  "use strict";
  const { utf8, joined, hex, fromHex } = Bytes;
  const MAGIC = "campmgr sealed sheet 1";
  const NONE = new Uint8Array(0);
  const KEM = Uint8Array.of(0x4b, 0x45, 0x4d, 0, 0x20);
  const SUITE = Uint8Array.of(0x48, 0x50, 0x4b, 0x45, 0, 0x20, 0, 1, 0, 3);
  const sha256 = (bytes) => fromHex(Bytes.sha256(bytes));

  /** HMAC-SHA256 (RFC 2104). */
  function hmac(key, bytes) {
    const padded = new Uint8Array(64);
    padded.set(key.length > 64 ? sha256(key) : key);
    const inner = sha256(joined(padded.map((byte) => byte ^ 0x36), bytes));
    return sha256(joined(padded.map((byte) => byte ^ 0x5c), inner));
  }

  function extracted(suite, salt, label, bytes) {
    return hmac(salt, joined(utf8("HPKE-v1"), suite, utf8(label), bytes));
  }

  /** Up to 32 bytes, so one round of HKDF is enough. */
  function expanded(suite, key, label, bytes, length) {
    return hmac(key, joined(Uint8Array.of(0, length), utf8("HPKE-v1"), suite, utf8(label), bytes, Uint8Array.of(1))).slice(0, length);
  }

  const turned = (word, by) => word << by | word >>> 32 - by;

  function quarter(state, a, b, c, d) {
    state[a] += state[b]; state[d] = turned(state[d] ^ state[a], 16);
    state[c] += state[d]; state[b] = turned(state[b] ^ state[c], 12);
    state[a] += state[b]; state[d] = turned(state[d] ^ state[a], 8);
    state[c] += state[d]; state[b] = turned(state[b] ^ state[c], 7);
  }

  /** One block of ChaCha20 (RFC 8439). */
  function block(key, nonce, counter) {
    const start = new Uint32Array(16), told = joined(utf8("expand 32-byte k"), key, new Uint8Array(4), nonce);
    const view = new DataView(told.buffer);
    for (let at = 0; at < 16; at++) start[at] = view.getUint32(4 * at, true);
    start[12] = counter;
    const state = start.slice();
    for (let round = 0; round < 10; round++) {
      for (let at = 0; at < 4; at++) quarter(state, at, 4 + at, 8 + at, 12 + at);
      for (let at = 0; at < 4; at++) quarter(state, at, 4 + (at + 1) % 4, 8 + (at + 2) % 4, 12 + (at + 3) % 4);
    }
    const made = new DataView(new ArrayBuffer(64));
    state.forEach((word, at) => made.setUint32(4 * at, word + start[at], true));
    return new Uint8Array(made.buffer);
  }

  function whole(length) {
    const made = new DataView(new ArrayBuffer(8));
    made.setUint32(0, length, true);
    return new Uint8Array(made.buffer);
  }

  /** ChaCha20-Poly1305 without further data: the bytes closed, then 16 by which a change is noticed. */
  function closedWith(key, nonce, bytes) {
    const closed = bytes.slice();
    for (let at = 0; at < bytes.length; at += 64) {
      block(key, nonce, 1 + at / 64).forEach((byte, place) => { if (at + place < closed.length) closed[at + place] ^= byte; });
    }
    const told = joined(closed, new Uint8Array((16 - closed.length % 16) % 16), whole(0), whole(closed.length));
    const sum = new Uint8Array(16);
    nacl.lowlevel.crypto_onetimeauth(sum, 0, told, 0, told.length, block(key, nonce, 0));
    return joined(closed, sum);
  }

  /** The file that only the holder of the key opens: see campmgr/files/imports/sealed_sheet.py. */
  function sealed(bytes, to) {
    const receiver = fromHex(to), own = crypto.getRandomValues(new Uint8Array(32));
    const sent = nacl.scalarMult.base(own);
    const first = extracted(KEM, NONE, "eae_prk", nacl.scalarMult(own, receiver));
    const shared = expanded(KEM, first, "shared_secret", joined(sent, receiver), 32);
    const context = joined(Uint8Array.of(0), extracted(SUITE, NONE, "psk_id_hash", NONE), extracted(SUITE, NONE, "info_hash", utf8(MAGIC)));
    const secret = extracted(SUITE, shared, "secret", NONE);
    const key = expanded(SUITE, secret, "key", context, 32), nonce = expanded(SUITE, secret, "base_nonce", context, 12);
    return `${MAGIC}\n${to}\n${hex(joined(sent, closedWith(key, nonce, bytes)))}\n`;
  }

  return { sealed };
})();
