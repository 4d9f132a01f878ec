"""A batch as it is sent: table, mail, and one folder with the files numbered; a file that is not on this computer is named."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple
from zipfile import ZipFile

from campmgr.areas.entries.files.folder import kept_file
from campmgr.areas.entries.files.sheets import WHO
from campmgr.areas.entries.files.table import Head, TableRow, batch_table
from campmgr.areas.entries.local import address_of, secret_of
from campmgr.areas.entries.queries.entries import entries_by_id
from campmgr.areas.entries.queries.handins import HandedRow, HandIn
from campmgr.areas.entries.rules.agreements import agreed_words
from campmgr.areas.entries.rules.batch import MailTitle, file_name, mail_text, mail_titles
from campmgr.areas.entries.settings import Batch, Entries
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.press import Press
from campmgr.store.door import Reader

_WORKS = "作品"


class Mail(NamedTuple):
    """Titles and text of the mail a batch goes out with, and each file's name in the folder with its SHA-256."""

    titles: tuple[MailTitle, ...]
    text: str
    files: tuple[tuple[str, str], ...]


class Sent(NamedTuple):
    """What goes out: the table, and the mail."""

    table: Paper
    mail: Mail


def mail_of(r: Reader, activity: Activity, handin: HandIn) -> Mail:
    """The mail of a closed batch, by what was closed alone: no work is looked up."""
    rules, classes = activity.rules, [row.kind for row in handin.rows]
    counts = [(kind, classes.count(kind)) for kind in rules[Entries].classes if kind in classes]
    text = mail_text(rules, handin.unit_name, handin.window.words, counts, handin.share, secret_of(r, handin.id))
    files = tuple(file for row in handin.rows for file in _files_of(row))
    return Mail(mail_titles(rules, classes, handin.unit_name), text, files)


def _files_of(row: HandedRow) -> list[tuple[str, str]]:
    """The name in the folder and the SHA-256 of each file of a work."""
    return [(file_name(row.number, row.title, Path(name).suffix, part), digest)
            for part, (name, digest) in enumerate(row.files, 1)]  # fmt: skip


def batch_sent(r: Reader, world: World, activity: Activity, handin: HandIn, address: str = "") -> Sent:
    """A closed batch as it goes out; names and telephone are looked up now, since no fact holds them."""
    known = {each.id: each for each in entries_by_id(r, world, activity, [row.entry for row in handin.rows])}
    names = WHO.names(r, "", [str(each.row.values["author"]) for each in known.values()])
    rows = []
    for row in handin.rows:
        if row.entry in known:
            entry = known[row.entry]
            author = names.get(str(entry.row.values["author"]), "")
            agreed = agreed_words(activity.rules[Entries], entry.agreed)
            rows.append(TableRow(row.number, entry, author, agreed, "、".join(name for name, _ in _files_of(row))))
    who = people_by_id(r, [handin.contact]).get(handin.contact)
    contact = f"{who.shown_name} {who.phone}".strip() if who else ""
    table = batch_table(activity.rules, rows, Head(handin.unit_name, contact, address or address_of(r, handin.unit)))
    return Sent(table, mail_of(r, activity, handin))


def write_batch(sent: Sent, activity: Activity, out: Path, data_file: Path) -> tuple[str, ...]:
    """Write all of it into a folder; the names of files that are not on this computer come back."""
    works = out / _WORKS
    works.mkdir(parents=True, exist_ok=True)
    _write_papers(sent, activity, out, Press(data_file))
    found, missing = _kept(sent.mail, data_file)
    for name, kept in found:
        shutil.copyfile(kept, works / name)
    return missing


def zip_batch(sent: Sent, activity: Activity, out: IO[bytes], data_file: Path) -> None:
    """Write the same folder as one archive, stored as it is; files that are not on this computer are named inside."""
    found, missing = _kept(sent.mail, data_file)
    with ZipFile(out, "w") as archive, TemporaryDirectory(prefix="campmgr-") as folder:
        _write_papers(sent, activity, Path(folder), Press(data_file))
        for each in sorted(Path(folder).iterdir()):
            archive.write(each, each.name)
        for name, kept in found:
            archive.write(kept, f"{_WORKS}/{name}")
        if missing:
            archive.writestr(
                "缺少的文件.txt", "这些文件不在做包的电脑上，请另找来放进“作品”文件夹：\r\n" + "\r\n".join(missing) + "\r\n"
            )


def files_missing(mail: Mail, data_file: Path) -> tuple[str, ...]:
    """The names of files that are not on this computer."""
    return _kept(mail, data_file)[1]


def _write_papers(sent: Sent, activity: Activity, out: Path, press: Press) -> None:
    name = activity.rules[Batch].table
    write_paper(out / f"{name}.xlsx", sent.table)
    (out / f"{name}.pdf").write_bytes(paper_pdf(press, sent.table))
    titles = "\n".join(f"标题：{each.title}" for each in sent.mail.titles)
    (out / "邮件.txt").write_text(f"{titles}\n\n{sent.mail.text}\n", "utf-8")


def _kept(mail: Mail, data_file: Path) -> tuple[tuple[tuple[str, Path], ...], tuple[str, ...]]:
    """(Name in the folder, where it lies) of the files that are here, and the names of those that are not."""
    places = [(name, kept_file(data_file, digest)) for name, digest in mail.files]
    return tuple((name, kept) for name, kept in places if kept), tuple(name for name, kept in places if not kept)
