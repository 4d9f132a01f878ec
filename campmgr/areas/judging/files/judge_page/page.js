// The page of a judge: one work at a time, a slider for each criterion, one's own spread, and the sheet to hand back.
'use strict';

const byId = (id) => document.getElementById(id);
let given = load();
let at = 0;
let saidUntil;

function make(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function meaning(hundredths) {
  const found = FORM.anchors.find(([marks]) => {
    const [low, high = low] = marks.split(/[-–~～至]/).map((each) => Number(each) * 100);
    return low <= hundredths && hundredths <= high;
  });
  return found ? `${found[0]} 分 ${found[1]}` : '';
}

function stateOf(one) {
  if (one.aside) return one.aside;
  return isMarked(one) ? '已评' : Object.keys(one.marks).length ? '未完' : '';
}

function media(name) {
  const address = `作品/${encodeURIComponent(name)}`;
  if (/\.(jpe?g|png|gif|webp)$/i.test(name)) return make('img', { src: address, alt: '作品图片' });
  if (/\.(mp4|m4v|webm|mov)$/i.test(name)) return make('video', { src: address, controls: true, preload: 'metadata' });
  return make('p', {}, make('a', { href: address, target: '_blank', rel: 'noopener', textContent: `打开文件 ${name}` }));
}

const MARKS = Array.from({ length: Math.floor((FORM.scale * 100) / FORM.step) + 1 }, (_, place) => place * FORM.step);

function slider(name, one, place) {
  return Sliders.line({
    id: `mark-${place}`, name, marks: MARKS.map(shownMark), at: name in one.marks ? MARKS.indexOf(one.marks[name]) : -1,
    words: (each) => meaning(MARKS[each]),
    set: (each) => { one.marks[name] = MARKS[each]; changed(); },
  });
}

function show(place, focus = true) {
  at = Math.min(Math.max(place, 0), FORM.works.length - 1);
  const work = FORM.works[at];
  const one = given[work.number];
  byId('place').textContent = `第 ${at + 1} 件，共 ${FORM.works.length} 件`;
  byId('number').textContent = work.number;
  byId('name').textContent = work.title;
  byId('about').textContent = [work.kind, work.theme].filter(Boolean).join('　');
  byId('words').textContent = work.words;
  byId('media').replaceChildren(...work.files.map(media));
  if (work.link) byId('media').append(make('p', { className: 'hint', textContent: `链接（要联网）：${work.link}` }));
  byId('sliders').replaceChildren(Sliders.scale(MARKS.length, (each) => meaning(MARKS[each])),
    ...FORM.criteria.map((name, place) => slider(name, one, place)));
  byId('note').value = one.note;
  byId('before').disabled = at === 0;
  changed();
  if (focus) byId('name').focus({ preventScroll: true });
}

function changed() {
  const work = FORM.works[at];
  const one = given[work.number];
  const isKept = keep(given);
  byId('unkept').hidden = isKept;
  if (!isKept) byId('moving').open = true;
  byId('marks').disabled = one.aside !== '';
  for (const [id, word] of [['recuse', FORM.recused], ['abstain', FORM.abstained]]) {
    byId(id).setAttribute('aria-pressed', String(one.aside === word));
  }
  const marks = Object.values(one.marks);
  byId('average').textContent = isMarked(one) && !one.aside ? (marks.reduce((sum, each) => sum + each, 0) / marks.length / 100).toFixed(2) : '—';
  const done = FORM.works.filter((each) => isDone(given[each.number])).length;
  byId('done').textContent = done;
  byId('progress').value = done;
  const atEnd = done < FORM.works.length ? '去还没评的' : '都评完了，存成交回的文件';
  byId('next').textContent = at < FORM.works.length - 1 ? '下一件' : atEnd;
  byId('left').textContent = done === FORM.works.length ? '都评完了，可以交回。' : `还有 ${FORM.works.length - done} 件没有评。`;
  listWorks();
  showSpread();
}

function listWorks() {
  byId('works').replaceChildren(...FORM.works.map((work, place) => {
    const state = stateOf(given[work.number]);
    const button = make('button', { type: 'button' },
      make('span', { textContent: place + 1 }), make('span', { className: 'title', textContent: work.title, title: work.title }),
      make('span', { className: 'state', textContent: state || '未评' }));
    button.classList.toggle('is-done', isDone(given[work.number]));
    if (place === at) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => show(place));
    return make('li', {}, button);
  }));
}

function showSpread() {
  const counts = new Map();
  for (const one of Object.values(given)) {
    if (one.aside) continue;
    for (const mark of Object.values(one.marks)) counts.set(mark, (counts.get(mark) || 0) + 1);
  }
  const most = Math.max(1, ...counts.values());
  const rows = [...counts].sort((one, other) => other[0] - one[0]).map(([mark, count]) => make('li', {},
    make('span', { textContent: shownMark(mark) }),
    make('meter', { min: 0, max: most, value: count, ariaLabel: `${shownMark(mark)} 分 ${count} 次` }),
    make('span', { textContent: count })));
  byId('spread').replaceChildren(...(rows.length ? rows : [make('li', { textContent: '还没有打分。' })]));
}

function setAside(word) {
  const one = given[FORM.works[at].number];
  one.aside = one.aside === word ? '' : word;
  changed();
}

function saveAs(name, content) {
  const link = make('a', { href: URL.createObjectURL(new Blob([content])) });
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function say(words) {
  byId('said').textContent = words;
  clearTimeout(saidUntil);
  saidUntil = setTimeout(() => { byId('said').textContent = ''; }, 15000);
}

function saveSealed(bytes) {
  saveAs(`评分表-${FORM.round}-${FORM.judge}.sealed`, Sealing.sealed(bytes, FORM.sealed_for));
  say('封好的文件在浏览器的“下载”里；请拷回 U 盘交给主办单位。');
}

function save() {
  saveSealed(Bytes.utf8(sheet(given)));
}

function saveDraft() {
  saveAs(`草稿-${FORM.round}-${FORM.judge}.csv`, sheet(given));
  say('草稿在浏览器的“下载”里，没有封，只给自己用；评完请按“存成交回的文件”。');
}

async function sealBook(event) {
  const [file] = event.target.files;
  if (file) saveSealed(new Uint8Array(await file.arrayBuffer()));
  event.target.value = '';
}

async function readFile(event) {
  const [file] = event.target.files;
  const found = file ? readBack(await file.text()) : null;
  event.target.value = '';
  if (!found) {
    say('这不是这份评审的草稿，没有读。请选以前在这里另存的 csv 文件；封好的文件只有主办单位打得开。');
    return;
  }
  given = found;
  say('已读回以前存的分数。');
  show(at);
}

byId('activity').textContent = FORM.activity;
byId('title').textContent = `${FORM.judge}的评审`;
byId('round').textContent = `${FORM.round}${FORM.closes ? `，${FORM.closes} 前交回` : ''}`;
byId('all').textContent = FORM.works.length;
byId('progress').max = FORM.works.length;
byId('anchors').replaceChildren(...FORM.anchors.flatMap(([marks, words]) => [make('dt', { textContent: `${marks} 分` }), make('dd', { textContent: words })]));
byId('note').addEventListener('input', () => { given[FORM.works[at].number].note = byId('note').value; keep(given); });
byId('recuse').addEventListener('click', () => setAside(FORM.recused));
byId('abstain').addEventListener('click', () => setAside(FORM.abstained));
byId('before').addEventListener('click', () => show(at - 1));
byId('next').addEventListener('click', () => {
  const left = FORM.works.findIndex((work) => !isDone(given[work.number]));
  if (at < FORM.works.length - 1) show(at + 1);
  else if (left < 0) save();
  else show(left);
});
byId('keep').addEventListener('click', () => { say(keep(given) ? '已暂存在这台电脑上，关掉再打开也在；评完请按“存成交回的文件”。' : '这个浏览器不让页面保存，请另存草稿。'); });
byId('save').addEventListener('click', save);
byId('draft').addEventListener('click', saveDraft);
byId('book').addEventListener('change', sealBook);
byId('file').addEventListener('change', readFile);
document.title = `${FORM.judge}的评审`;
if (FORM.works.length) show(Math.max(0, FORM.works.findIndex((work) => !isDone(given[work.number]))), false);
