// The page of a judge: one work at a time, a slider for each criterion, one's own spread, and the sheet to hand back.
'use strict';

const byId = (id) => document.getElementById(id);
let given = load();
let at = 0;

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
  return found ? found[1] : '';
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

function slider(name, one) {
  const output = make('output', { textContent: name in one.marks ? shownMark(one.marks[name]) : '—' });
  const means = make('p', { className: 'means', textContent: name in one.marks ? meaning(one.marks[name]) : '还没有评' });
  const input = make('input', { type: 'range', min: 0, max: FORM.scale * 100, step: FORM.step, id: `mark-${name}` });
  input.value = name in one.marks ? one.marks[name] : (FORM.scale * 100) / 2;
  input.setAttribute('aria-valuetext', output.textContent === '—' ? '还没有评' : `${output.textContent} 分`);
  const line = make('div', { className: name in one.marks ? 'slider' : 'slider unset' });
  const set = () => {
    one.marks[name] = Number(input.value);
    output.textContent = shownMark(one.marks[name]);
    means.textContent = meaning(one.marks[name]);
    input.setAttribute('aria-valuetext', `${output.textContent} 分`);
    line.classList.remove('unset');
    changed();
  };
  input.addEventListener('input', set);
  // a mark in the middle is given by pressing there: the slider itself sees no change
  input.addEventListener('click', set);
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') set(); });
  line.append(make('label', { htmlFor: input.id, textContent: name }), input, output, means);
  return line;
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
  byId('sliders').replaceChildren(...FORM.criteria.map((name) => slider(name, one)));
  byId('note').value = one.note;
  byId('before').disabled = at === 0;
  byId('next').disabled = at === FORM.works.length - 1;
  changed();
  if (focus) byId('name').focus({ preventScroll: true });
}

function changed() {
  const work = FORM.works[at];
  const one = given[work.number];
  byId('unkept').hidden = keep(given);
  byId('marks').disabled = one.aside !== '';
  for (const [id, word] of [['recuse', FORM.recused], ['abstain', FORM.abstained]]) {
    byId(id).setAttribute('aria-pressed', String(one.aside === word));
  }
  const marks = Object.values(one.marks);
  byId('average').textContent = isMarked(one) && !one.aside ? (marks.reduce((sum, each) => sum + each, 0) / marks.length / 100).toFixed(2) : '—';
  const done = FORM.works.filter((each) => isDone(given[each.number])).length;
  byId('done').textContent = done;
  byId('progress').value = done;
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

function save() {
  const link = make('a', { href: URL.createObjectURL(new Blob([sheet(given)], { type: 'text/csv' })) });
  link.download = `评分表-${FORM.round}-${FORM.judge}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  byId('said').textContent = '已存成文件，在浏览器的“下载”里；请拷回 U 盘交给主办单位。';
}

async function readFile(event) {
  const [file] = event.target.files;
  const found = file ? readBack(await file.text()) : null;
  event.target.value = '';
  if (!found) {
    byId('said').textContent = '这不是这份评审的评分表，没有读。请选以前在这里存的 csv 文件。';
    return;
  }
  given = found;
  byId('said').textContent = '已读回以前存的分数。';
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
byId('next').addEventListener('click', () => show(at + 1));
byId('keep').addEventListener('click', () => { byId('said').textContent = keep(given) ? '已暂存在这台电脑上；交回前还要存成文件。' : '这个浏览器不让页面保存，请按“存成文件”。'; });
byId('save').addEventListener('click', save);
byId('file').addEventListener('change', readFile);
document.title = `${FORM.judge}的评审`;
if (FORM.works.length) show(Math.max(0, FORM.works.findIndex((work) => !isDone(given[work.number]))), false);
