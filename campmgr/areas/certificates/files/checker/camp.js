/* Who may sign in this camp, proved from its own key down, and what a scanned text is worth. Needs `nacl`, Bytes and Forms. */
class Camp {
  /** `data` as campmgr/areas/certificates/files/checker.py writes it. */
  constructor(data) {
    this.data = data;
    this.keys = new Map();
    this.grants = new Map();
    this.parts = [];
    const opened = JSON.stringify(["campaign", data.root_key, data.nonce]);
    this.isWhole = Bytes.sha256(Bytes.utf8(opened)).slice(0, 32) === data.campaign;
    this.root = this.know(data.root_key);
    this.successions = new Map(data.successions.map((one) => [this.know(one[0]), one]));
    this.recovered = new Map(this.recoveries());
    for (const voucher of data.nodes) this.file(voucher);
    for (const text of data.lists) this.takeList(text);
  }

  know(key) {
    const writer = Bytes.sha256(Bytes.utf8("writer:" + key)).slice(0, 32);
    this.keys.set(writer, key);
    return writer;
  }

  file(voucher) {
    const envelope = JSON.parse(voucher.envelopes[0]), body = JSON.parse(voucher.body);
    const node = envelope.subject.replace(/^node:/, "");
    if (envelope.kind === "node_enrolled") this.know(body.key);
    this.grants.set(node, [...(this.grants.get(node) || []), { voucher, envelope, body }]);
  }

  signed(writer, message, signature) {
    const key = this.keys.get(writer);
    if (!key || signature.length !== 64) return false;
    return nacl.sign.detached.verify(Bytes.utf8(message), signature, Bytes.fromHex(key));
  }

  /** Whether a fact stands under its writer's seal: digest, chain and signature, as the ledger checks them. */
  proved({ voucher, envelope }) {
    const { campaign, scope, writer, digest } = envelope;
    if (campaign !== this.data.campaign || scope !== "public") return false;
    if (Bytes.sha256(Bytes.joined(Bytes.fromHex(voucher.salt), Bytes.utf8(voucher.body))) !== digest) return false;
    let chain = voucher.previous, last = envelope;
    for (const text of voucher.envelopes) {
      chain = Bytes.sha256(Bytes.joined(Bytes.fromHex(chain), Bytes.utf8(text)));
      last = JSON.parse(text);
      if (last.writer !== writer || last.scope !== scope) return false;
    }
    const message = JSON.stringify(["campmgr-seal", campaign, scope, writer, last.seq, chain]);
    return this.signed(writer, message, Bytes.fromHex(voucher.seal));
  }

  /** Who took the root's place with a recovery key, in order, each with the day; the first such key is part of the camp's id. */
  recoveries() {
    const told = ([text, signature], papers) => {
      const [sort, campaign, body] = JSON.parse(text), message = Bytes.utf8(text), seal = Bytes.fromHex(signature);
      const holds = seal.length === 64 && papers.some((paper) => nacl.sign.detached.verify(message, seal, Bytes.fromHex(paper)));
      return holds && sort === "campmgr-recovery" && campaign === this.data.campaign ? body : {};
    };
    const papers = [this.data.nonce.slice(0, 64)];
    for (const one of this.data.papers) papers.push(told(one, papers.slice(-1)).recovery_key || papers[0]);
    return this.data.recoveries.map((one) => [told(one, papers).key, one[2]]).filter(([key]) => key)
      .map(([key, day]) => [this.know(key), day]);
  }

  /** The day on which a writer of the root's was cut by a recovery; "" for one that writes as the root today. */
  rootEndedOn(writer) {
    const last = [...this.recovered].pop(), before = [writer];
    for (let one = this.successions.get(writer); one && !before.includes(one[2]); one = this.successions.get(one[2])) before.push(one[2]);
    return !last || before.includes(last[0]) ? "" : last[1];
  }

  /** The node a writer belongs to, by successions signed by the one before; "" when one is not. */
  nodeOf(writer, steps = 0) {
    const one = this.successions.get(writer);
    if (!one || steps > 99) return this.recovered.has(writer) ? this.root : writer === this.root || this.grants.has(writer) ? writer : "";
    const message = `campmgr-succession ${this.data.campaign} ${one[2]} ${one[0]} ${one[1]}`;
    return this.signed(one[2], message, Bytes.fromHex(one[3])) ? this.nodeOf(one[2], steps + 1) : "";
  }

  /** A node's proved grants, and the day on which it was revoked; "". */
  standing(node, below = []) {
    if (node === this.root) return { name: this.data.root_name, grants: [], givers: [], revokedOn: "" };
    const found = { name: "", grants: [], givers: [], revokedOn: "" };
    for (const one of this.grants.get(node) || []) {
      const giver = this.nodeOf(one.envelope.writer);
      if (!giver || giver === node || below.includes(giver) || !this.proved(one)) continue;
      if (one.envelope.kind === "node_revoked") {
        if (giver === this.root || this.isAbove(giver, found, [...below, node])) found.revokedOn = one.envelope.happened_on;
      } else if (this.gives(giver, one.body, [...below, node])) {
        found.grants.push(one.body);
        found.givers.push(giver);
        found.name = this.data.names[node] || node.slice(0, 8);
        found.revokedOn = "";
      }
    }
    return found;
  }

  /** Whether a node enrolled another, or enrolled one that did. */
  isAbove(giver, found, below) {
    return found.givers.some((each) => each === giver || (each !== this.root && this.isAbove(giver, this.standing(each, below), below)));
  }

  gives(giver, grant, below) {
    if (giver === this.root) return true;
    const own = this.standing(giver, below).grants;
    const leftOut = own.flatMap((one) => one.excluding).filter((unit) => this.path(unit).includes(grant.unit));
    return own.some((one) => this.covers(one, grant.unit, grant.line || "", true)) && leftOut.every((unit) => grant.excluding.includes(unit));
  }

  path(unit) {
    const found = [];
    for (let at = unit; at && this.data.units[at] && !found.includes(at); at = this.data.units[at][0]) found.push(at);
    return found;
  }

  covers(grant, unit, line, whole) {
    const above = this.path(unit);
    if (!above.includes(grant.unit) || grant.excluding.some((each) => above.includes(each))) return false;
    if (!grant.line) return true;
    return whole ? line === grant.line : this.data.units[unit][1] === grant.line || unit === grant.unit;
  }

  /** Take in a part of a signed list; { part } or { problem }. */
  takeList(text) {
    let part;
    try { part = Forms.listPart(Forms.checked(Forms.scanned(text).code)); } catch { return { problem: "altered" }; }
    const by = this.signerOf(part, "campmgr-revocations");
    if (by.problem) return by;
    if (by.standing.revokedOn) return { problem: "issuer_revoked" };
    const same = (other) => other.key === part.key && other.asOf === part.asOf && other.part === part.part;
    if (!this.parts.some(same)) this.parts.push(Object.assign(part, { issuer: by.standing.name, node: by.node }));
    return { part };
  }

  /** { writer, node, standing } or { problem }. */
  signerOf(said, sort) {
    if (!this.data.campaign.startsWith(said.campaign)) return { problem: "other_camp" };
    const writers = [...this.keys.keys()].filter((writer) => writer.startsWith(said.key) && this.nodeOf(writer));
    const message = `${sort} ${this.data.campaign} ${Bytes.hex(said.content)}`;
    const writer = writers.find((each) => this.signed(each, message, said.signature));
    if (!writer) return { problem: writers.length ? "bad_signature" : "unknown_issuer" };
    const node = this.nodeOf(writer), standing = this.standing(node);
    if (node === this.root) standing.revokedOn = this.rootEndedOn(writer);
    return node === this.root || standing.grants.length ? { node, standing } : { problem: "unknown_issuer" };
  }

  /** Of the newest list: until when it reaches, how many of its parts are here, how many numbers ended. */
  list() {
    const newest = this.parts.reduce((best, part) => !best || part.asOf > best.asOf ? part : best, null);
    if (!newest) return null;
    const parts = this.parts.filter((part) => part.asOf === newest.asOf && part.key === newest.key);
    const count = parts.flatMap((part) => part.entries).filter((entry) => entry[1] !== "stands").length;
    return { asOf: newest.asOf, issuer: newest.issuer, parts: newest.parts, held: parts.length, count };
  }

  /** What the lists say of a number, the newest last; that one stands is believed of the camp's root alone. */
  entry(number) {
    const found = [...this.parts].sort((one, other) => one.asOf - other.asOf)
      .flatMap((part) => part.entries.filter((entry) => entry[0] === number && (entry[1] !== "stands" || part.node === this.root)));
    return found.length ? found[found.length - 1] : null;
  }

  /** What a text is worth: { state, note, number, said, issuer, instead, endedOn }. Never throws. */
  verify(text) {
    const { number, code } = Forms.scanned(text);
    if (!code) return this.byNumber(number);
    let said;
    try { said = Forms.statement(Forms.checked(code)); } catch { return { state: "forged", note: "altered", number }; }
    if (number && number !== said.number) return { state: "forged", note: "other_number", number };
    const by = this.signerOf(said, "campmgr-statement");
    if (by.problem) {
      const state = by.problem === "bad_signature" ? "forged" : "unknown";
      return { state, note: by.problem, number: said.number };
    }
    if (by.node !== this.root && !by.standing.grants.some((grant) => this.covers(grant, said.unit, "", false))) {
      const known = said.unit in this.data.units;
      return { state: known ? "forged" : "unknown", note: known ? "not_theirs" : "unknown_unit", number: said.number };
    }
    return this.byList(said, by.standing);
  }

  byNumber(number) {
    const entry = this.entry(number);
    if (entry && entry[1] !== "stands") return { state: entry[1], note: "published", number, instead: entry[2] };
    return { state: "unknown", note: isCertificateNumber(number) ? "number_only" : "mistyped", number };
  }

  byList(said, standing) {
    const found = { state: "valid", note: "by_signature", number: said.number, said, issuer: standing.name };
    const entry = this.entry(said.number);
    if (entry && entry[1] !== "stands") return Object.assign(found, { state: entry[1], note: "published", instead: entry[2] });
    if (standing.revokedOn && !entry) return Object.assign(found, { state: "unknown", note: "issuer_revoked", endedOn: standing.revokedOn });
    return found;
  }
}
