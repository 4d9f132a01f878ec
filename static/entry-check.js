// Reads pictures and films where they lie and sends what it found, never the file: the server judges it by the activity's rules.
(() => {
  "use strict";
  const form = document.querySelector("[data-check]");
  if (!form) return;
  const out = document.querySelector("[data-checked]");
  const MOST_BOXES = 4096;
  const MOST_POINTS = 2 * 89478485; // beyond it the command opens no picture, either
  const CODECS = { avc1: "h264", avc3: "h264", hvc1: "hevc", hev1: "hevc", dvh1: "hevc", av01: "av1", vp09: "vp9", mp4v: "mpeg4" };
  const HEIC = ["heic", "heix", "hevc", "mif1", "msf1", "avif", "avis"];
  const ISO = ["ftyp", "moov", "mdat", "wide", "free", "skip"];

  const view = async (file, from, count) => new DataView(await file.slice(from, from + count).arrayBuffer());
  const letters = (data, at) => String.fromCharCode(...[0, 1, 2, 3].map((each) => (at + each < data.byteLength ? data.getUint8(at + each) : 0)));
  const begins = (data, ...bytes) => bytes.every((each, at) => at < data.byteLength && data.getUint8(at) === each);

  function formatOf(data) {
    const first = letters(data, 0), second = letters(data, 4), third = letters(data, 8);
    if (begins(data, 0xff, 0xd8, 0xff)) return "JPG";
    if (begins(data, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "PNG";
    if (first === "GIF8") return "GIF";
    if (first === "RIFF") return { "WEBP": "WEBP", "AVI ": "AVI", "WAVE": "WAV" }[third] || "";
    if (second === "ftyp") return HEIC.includes(third) ? "HEIC" : third.startsWith("3g") ? "3GP" : third === "qt  " ? "MOV" : "MP4";
    if (ISO.includes(second)) return "MOV";
    if (begins(data, 0x1a, 0x45, 0xdf, 0xa3)) return "MKV";
    if (first.startsWith("FLV")) return "FLV";
    if (begins(data, 0x30, 0x26, 0xb2, 0x75)) return "WMV";
    if (first.startsWith("ID3") || begins(data, 0xff, 0xfb)) return "MP3";
    return first.startsWith("BM") ? "BMP" : "";
  }

  class CutShort extends Error {}

  // A picture that will not open: one without its end was cut, as the command says, too.
  async function isCut(file, container) {
    const end = new Uint8Array(await file.slice(-65536).arrayBuffer());
    const marks = container === "JPG" ? [0xff, 0xd9] : [0x49, 0x45, 0x4e, 0x44];
    return !end.some((_, at) => marks.every((mark, step) => end[at + step] === mark));
  }

  // How many points a picture unpacks to, by its head alone; 0 where its head does not say.
  async function points(file, container) {
    const data = await view(file, 0, 65536);
    if (container === "PNG") return data.byteLength >= 24 ? data.getUint32(16) * data.getUint32(20) : 0;
    for (let at = 2; at + 9 <= data.byteLength && data.getUint8(at) === 0xff; at += 2 + data.getUint16(at + 2)) {
      const mark = data.getUint8(at + 1);
      if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)) return data.getUint16(at + 5) * data.getUint16(at + 7);
    }
    return 0;
  }

  // The boxes between two places, by their heads alone, so that gigabytes cost nothing.
  async function boxes(file, from, to) {
    const found = [];
    while (to - from >= 8 && found.length < MOST_BOXES) {
      const head = await view(file, from, 16);
      let size = head.getUint32(0), body = from + 8;
      if (size === 1 && head.byteLength === 16) {
        size = Number(head.getBigUint64(8));
        body += 8;
      } else if (size === 0) {
        size = to - from;
      }
      if (size < body - from) throw new Error("no box");
      const box = { kind: letters(head, 4), start: body, end: from + size };
      if (box.end > to) throw Object.assign(new CutShort(), { found });
      found.push(box);
      from = box.end;
    }
    return found;
  }

  async function inside(file, box, ...path) {
    let some = [box];
    for (const kind of path) {
      const next = [];
      for (const each of some) next.push(...(await boxes(file, each.start, each.end)).filter((one) => one.kind === kind));
      some = next;
    }
    return some;
  }

  function inMs(data) {
    const wide = data.getUint8(0) === 1;
    const scale = data.getUint32(wide ? 20 : 12);
    const length = wide ? Number(data.getBigUint64(24)) : data.getUint32(16);
    return !scale || !length || length >= 2 ** 53 || (!wide && length === 0xffffffff) ? null : Math.round((length * 1000) / scale);
  }

  async function track(file, box) {
    const read = async (...path) => {
      const [one] = await inside(file, box, ...path);
      return one ? view(file, one.start, Math.min(96, one.end - one.start)) : null;
    };
    const shape = await read("tkhd"), times = await read("mdia", "mdhd"), sort = await read("mdia", "hdlr");
    const found = { handler: sort ? letters(sort, 8) : "", ms: times ? inMs(times) : null, enabled: false, rotation: 0, shown: [0, 0], coded: [0, 0] };
    if (shape) {
      const at = shape.getUint8(0) === 1 ? 52 : 40;
      found.enabled = (shape.getUint8(3) & 1) === 1;
      found.rotation = (Math.round((Math.atan2(shape.getInt32(at + 4), shape.getInt32(at)) * 180) / Math.PI) + 360) % 360;
      found.shown = [shape.getUint32(at + 36) >>> 16, shape.getUint32(at + 40) >>> 16];
    }
    const sample = found.handler === "vide" ? await read("mdia", "minf", "stbl", "stsd") : null;
    if (sample && sample.byteLength >= 44) {
      found.codec = CODECS[letters(sample, 12)] || letters(sample, 12).trim();
      found.coded = [sample.getUint16(40), sample.getUint16(42)];
      if (!found.shown[0]) found.shown = found.coded;
    }
    return found;
  }

  async function film(file, found) {
    let top = [];
    try {
      top = await boxes(file, 0, file.size);
    } catch (problem) {
      found.trouble = problem instanceof CutShort ? "cut" : "damaged";
      top = problem.found || [];
    }
    const kind = top.find((each) => each.kind === "ftyp"), index = top.find((each) => each.kind === "moov");
    if (kind) found.brand = letters(await view(file, kind.start, 4), 0);
    if (!index) return Object.assign(found, { trouble: found.trouble || "no_index" });
    const [head] = await inside(file, index, "mvhd");
    found.ms = head ? inMs(await view(file, head.start, 32)) : null;
    if (found.ms === null) found.trouble = found.trouble || "no_duration";
    const tracks = [];
    for (const each of await inside(file, index, "trak")) tracks.push(await track(file, each));
    const seen = tracks.filter((each) => each.handler === "vide"), shown = seen.find((each) => each.enabled) || seen[0];
    found.has_sound = tracks.some((each) => each.handler === "soun");
    if (!shown) return found;
    const turned = shown.rotation % 180 >= 45 && shown.rotation % 180 < 136;
    const [width, height] = turned ? [...shown.shown].reverse() : shown.shown;
    return Object.assign(found, {
      width, height, codec: shown.codec || "", rotation: shown.rotation, track_ms: shown.ms,
      coded_short: Math.min(...shown.coded), coded_long: Math.max(...shown.coded),
    });
  }

  async function probe(file) {
    const found = { name: file.name, bytes: file.size, trouble: "" };
    if (!file.size) return Object.assign(found, { trouble: "empty" });
    found.container = formatOf(await view(file, 0, 512));
    if (["MP4", "MOV", "3GP"].includes(found.container)) return film(file, found);
    if (["JPG", "PNG"].includes(found.container)) {
      if ((await points(file, found.container)) > MOST_POINTS) return Object.assign(found, { trouble: "bomb" });
      try {
        const picture = await createImageBitmap(file); // unpacked whole: half a file fails here
        Object.assign(found, { width: picture.width, height: picture.height });
        picture.close();
      } catch {
        found.trouble = (await isCut(file, found.container)) ? "cut" : "damaged";
      }
    } else if (["AVI", "MKV", "FLV", "WMV"].includes(found.container)) {
      found.trouble = "no_duration";
    }
    return found;
  }

  async function check(file) {
    const place = document.createElement("section");
    place.className = "card";
    place.textContent = `${file.name}　${form.dataset.reading}`;
    out.append(place);
    try {
      const said = new URLSearchParams({ probe: JSON.stringify(await probe(file)), class: form.elements.class.value });
      const answer = await fetch(form.dataset.check, { method: "POST", body: said });
      if (!answer.ok) throw new Error(answer.status);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceWith(...made.body.children);
    } catch {
      place.textContent = `${file.name}　${form.dataset.failed}`;
    }
  }

  async function all(files) {
    out.replaceChildren();
    for (const file of files) await check(file);
  }

  const field = form.querySelector("[type=file]");
  field.addEventListener("change", () => all(field.files));
  form.elements.class.addEventListener("change", () => all(field.files));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    field.files = event.dataTransfer.files;
    all(field.files);
  });
})();
