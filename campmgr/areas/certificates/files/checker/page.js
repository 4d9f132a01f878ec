/* The page: a photo or a text goes in, words come out. Everything shown is set as text. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const camp = window.camp = new Camp(data);
  const by = (id) => document.getElementById(id);
  const STALE_DAYS = 30;

  function day(milliseconds) {
    return new Date(milliseconds + 8 * 3600000).toISOString().slice(0, 16).replace("T", " ");
  }

  function rows(found) {
    const said = found.said, hours = said && `${Math.floor(said.credited / 100)}.${String(said.credited % 100).padStart(2, "0")}`;
    return [
      ["编号", found.number], ["证书", said && data.title], ["持有人", said && (said.name || "（码里没有写姓名）")], ["单位", said && said.unitName],
      ["课时", hours], ["颁发日期", said && said.issuedOn], ["停用日期", found.endedOn], ["新证书", found.instead],
      ["签名", found.issuer && `由“${found.issuer}”签名，签名有效`],
    ].filter(([, value]) => value);
  }

  function show(look, title, meaning, facts) {
    by("result").className = `card verdict ${look}`;
    by("title").textContent = title;
    by("meaning").textContent = meaning;
    by("facts").textContent = "";
    for (const [name, value] of facts) {
      const row = document.createElement("div"), term = document.createElement("dt"), words = document.createElement("dd");
      term.textContent = name;
      words.textContent = value;
      row.append(term, words);
      by("facts").append(row);
    }
    by("result").hidden = false;
    by("result").scrollIntoView({ block: "nearest" });
    by("result").focus({ preventScroll: true });
  }

  function check(text) {
    by("said").textContent = "";
    if (isList(text)) return takeList(text);
    const found = camp.verify(text);
    const [look, title, meaning] = data.states[found.state];
    const better = data.notes[found.note];
    const list = camp.list();
    const until = list ? [["撤销名单", `截至 ${day(list.asOf)}`]] : [];
    show(look, data.titles[found.note] || title, better || meaning, [...rows(found), ...until]);
  }

  function isList(text) {
    try { return Forms.checked(Forms.scanned(text).code)[0] === 2; } catch { return false; }
  }

  function takeList(text) {
    const { part, problem } = camp.takeList(text);
    tellList();
    if (problem) return show("bad", "撤销名单不可信", data.notes[problem], []);
    const left = part.parts > 1 ? `这是第 ${part.part} 个码，共 ${part.parts} 个，请把其余的也扫一遍。` : "";
    show("good", "已收下撤销名单", `截至 ${day(part.asOf)}，这个码里有 ${part.entries.length} 个编号。${left}`, [["签名", `由“${part.issuer}”签名，签名有效`]]);
  }

  function tellList() {
    const list = camp.list();
    by("until").textContent = list ? day(list.asOf) : "（没有）";
    if (!list) { by("list-words").textContent = "这个文件里没有撤销名单：只能核对签名。"; return; }
    const missing = list.held < list.parts ? `还缺 ${list.parts - list.held} 个码没有扫。` : "";
    const age = Math.floor((Date.now() - list.asOf) / 86400000);
    by("list-words").textContent = `由“${list.issuer}”签发，共 ${list.count} 个编号不再有效。${missing}` + (age > STALE_DAYS ? `已过 ${age} 天，请更新。` : "");
    by("list-words").className = missing || age > STALE_DAYS ? "stale" : "";
  }

  async function read(file) {
    by("said").textContent = "正在识别…";
    let text = "";
    try { text = await textOfPhoto(file, QR.decodeQR); } catch { /* no picture at all */ }
    if (text) return check(text);
    by("said").textContent = "照片里没有找到二维码。请靠近一些、对准二维码重拍，避免反光。";
  }

  function picture(list) {
    return [...list].find((file) => file.type.startsWith("image/"));
  }

  by("photo").addEventListener("change", () => {
    const [file] = by("photo").files;
    if (file) read(file);
    by("photo").value = "";
  });
  by("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    if (by("text").value.trim()) check(by("text").value);
  });
  document.addEventListener("paste", (event) => {
    const file = picture(event.clipboardData.files);
    if (file) { event.preventDefault(); read(file); }
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = picture(event.dataTransfer.files);
    if (file) read(file);
  });

  by("camp").textContent = data.camp;
  document.title = `证书离线核验 · ${data.camp}`;
  by("print").textContent = data.fingerprint;
  by("made").textContent = `本文件制作于 ${data.made_on}；只核验“${data.camp}”的证书。`;
  tellList();
  if (!camp.isWhole) show("bad", "这个核验文件已损坏", "文件里的本营公钥对不上。请向组织方重新要一份。", []);
})();
