// What a judge has given so far: kept by the browser where it may be, written as the sheet that the office imports, and read back.
'use strict';

const FORM = JSON.parse(document.getElementById('data').textContent);
const PLACE = `评审-${FORM.form}`;

function blank() {
  return { marks: {}, aside: '', note: '' };
}

function load() {
  try {
    const told = JSON.parse(localStorage.getItem(PLACE) || '{}');
    return Object.fromEntries(FORM.works.map((work) => [work.number, { ...blank(), ...told[work.number] }]));
  } catch {
    return Object.fromEntries(FORM.works.map((work) => [work.number, blank()]));
  }
}

// Whether the browser keeps it; some do not let a page from a stick keep anything.
function keep(given) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(given));
    return localStorage.getItem(PLACE) !== null;
  } catch {
    return false;
  }
}

function isMarked(one) {
  return FORM.criteria.every((name) => name in one.marks);
}

function isDone(one) {
  return one.aside !== '' || isMarked(one);
}

function shownMark(hundredths) {
  return String(hundredths / 100);
}

// No program that opens the sheet may take a note for a formula.
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function sheet(given) {
  const lines = [[FORM.title], [FORM.head], [FORM.how], FORM.headings];
  FORM.works.forEach((work, at) => {
    const one = given[work.number];
    const marks = FORM.criteria.map((name) => (one.aside || !(name in one.marks) ? '' : shownMark(one.marks[name])));
    lines.push([String(at + 1), work.number, work.title, ...marks, one.aside, one.note.replace(/\s+/g, ' ').trim()]);
  });
  return '\ufeff' + lines.map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cells(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/g)) {
    rows[rows.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows;
}

// What an earlier file of this very form holds; null for any other file.
function readBack(text) {
  const rows = cells(text.replace(/^\ufeff/, ''));
  if (!rows.slice(0, 4).some((row) => row.join(' ').includes(FORM.form))) return null;
  const given = Object.fromEntries(FORM.works.map((work) => [work.number, blank()]));
  for (const row of rows) {
    const one = given[row[1]];
    if (!one) continue;
    FORM.criteria.forEach((name, at) => {
      const mark = Math.round(Number(row[3 + at]) * 100);
      if (row[3 + at] && mark >= 0 && mark <= FORM.scale * 100 && mark % FORM.step === 0) one.marks[name] = mark;
    });
    one.aside = [FORM.recused, FORM.abstained].includes(row[row.length - 2]) ? row[row.length - 2] : '';
    one.note = (row[row.length - 1] || '').replace(/^'(?=[=+\-@])/, '');
  }
  return given;
}
