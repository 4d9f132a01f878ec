"""A unit's batches: until when, what goes and what stays behind, closed in one press and taken back in one, then table and mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import activity_for, unit_for
from campmgr.areas.entries.actions.handing_in import LONGEST_REASON, Closing, Preview, close_batch, preview, reopen_batch
from campmgr.areas.entries.files.batch_folder import Mail, Sent, batch_sent, files_missing, mail_of, zip_batch
from campmgr.areas.entries.local import address_of
from campmgr.areas.entries.queries.entries import Entry, entries_by_id
from campmgr.areas.entries.queries.handins import HandedRow, HandIn, Version, handin_of, handins_of, to_relay, versions_of
from campmgr.areas.entries.rules.windows import HandInWindow, coming, late_rule, windows_of
from campmgr.areas.entries.settings import Batch, Entries
from campmgr.areas.people.queries.finding import is_at_home, people_by_id
from campmgr.areas.people.queries.offering import people_offered
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.units import Unit
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import frame, me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, XLSX, ZIP, download, download_made, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

SORT = "entries"

ON_A_PAGE = 100
"""Works that are judged and listed at once; all that pass go when a batch is closed."""

area = Blueprint("handins", __name__, url_prefix="/desk/units/<code>/a/<activity>/handin")


@dataclass(frozen=True, slots=True)
class BatchShown:
    """A batch with the mail that went out, where it is closed, all its versions, and the files that are not on this computer; the
    works of page `number` of `pages`, the first of them being the `first` of the batch.
    """

    batch: HandIn
    mail: Mail | None
    versions: tuple[Version, ...]
    missing: tuple[str, ...]
    rows: tuple[HandedRow, ...]
    number: int
    pages: int

    @property
    def first(self) -> int:
        """What the first work of the page is numbered, from 1."""
        return (self.number - 1) * ON_A_PAGE + 1


@dataclass(frozen=True, slots=True)
class HandInPage:
    """The batches of a unit; `now`: the window that is open or comes next, and how long is left; `rule`: what becomes of what comes
    late; what closing would do; `works` by their ids, so that whoever sent them reads what became of each; `places`: what stands in
    addresses for each work's unit; `where`: the unit's own postal address, as it was typed last; page `number` of `pages`,
    `size` works on each.
    """

    activity: Activity
    address: str
    unit: Unit
    batches: tuple[BatchShown, ...]
    works: Mapping[str, Entry]
    places: Mapping[str, str]
    now: HandInWindow | None
    left: str
    rule: str
    shown: Preview
    statements: tuple[str, ...]
    where: str
    may_write: bool
    number: int
    pages: int
    size: int
    form: Form
    reopening: Form


@area.get("")
@require("viewer")
def listed(code: str, activity: str) -> Answer:
    """The batches. Raises NotFound."""
    return _page(code, activity, Form.kept(), Form())


@area.post("")
@require("coordinator")
def close(code: str, activity: str) -> Answer:
    """Close the batch of the window that is open."""
    form, account = Form.sent(), me()
    share, secret = form.text("share", required=False, most=500), form.text("secret", required=False, most=60)
    with writing() as (w, world):
        found, unit = activity_for(world, account, activity, SORT), unit_for(world, account, code)
        contact = form.pick("contact", people_offered(w, world, account))
        who = people_by_id(w, [contact]).get(contact)
        if who and not is_at_home(world, who, unit.unit):
            form.wrong("contact", "联系人要是本单位的人，这个人登记在别的单位。")
        if who and not form.errors:
            by_reason = {"missing_value": "stated", "bad_link": "share"}
            with form.beside("contact", BadInput, Refused, by_reason=by_reason):
                closing = Closing(who, share, secret, stated=form.is_ticked("stated"), address=form.text("address", required=False))
                fact = close_batch(w, found, unit, closing, account.actor)
                words, stay = _("已结批。"), preview(w, found, unit, part=slice(0)).waiting
                if stay:
                    words = _("已结批；另有 %(n)s 件不合格，没有报送，列在下面。") % {"n": stay}
                return told(w, words, url_for("handins.listed", code=code, activity=activity), undo=fact.chain)
    return _page(code, activity, form, Form(), 422)


@area.post("/reopen")
@require("coordinator")
def reopen(code: str, activity: str) -> Answer:
    """Open a closed batch again, with the reason; the closed version stays in the history."""
    form, account = Form.sent(), me()
    reason, window = form.text("reason", most=LONGEST_REASON), form.typed("window")
    with writing() as (w, world):
        found, unit = activity_for(world, account, activity, SORT), unit_for(world, account, code)
        known = handin_of(w, world, found, unit.unit, window)
        if not form.errors:
            with form.beside("reason", BadInput, Refused):
                fact = reopen_batch(w, found, known, reason, account.actor)
                words = _("已重新打开，改好以后请再结批。")
                return told(w, words, url_for("handins.listed", code=code, activity=activity), undo=fact.chain)
    return _page(code, activity, Form(), form, 422)


@area.get("/<window>/table.<any(xlsx, pdf):ending>")
@require("viewer")
def table(code: str, activity: str, window: str, ending: str) -> Answer:
    """The table of a closed batch. Raises NotFound."""
    found, sent = _sent(code, activity, window)
    paper, name = sent.table, found.rules[Batch].table
    if ending == "pdf":
        return download(paper_pdf(press(), paper), f"{name}.pdf", PDF)
    return download(written(lambda path: write_paper(path, paper)), f"{name}.xlsx", XLSX)


@area.get("/<window>/all.zip")
@require("viewer")
def all_of_it(code: str, activity: str, window: str) -> Answer:
    """A closed batch as it is sent: table, mail and the numbered files in one archive. Raises NotFound."""
    found, sent = _sent(code, activity, window)
    data_file = frame().open_store().path
    return download_made(lambda out: zip_batch(sent, found, out, data_file), f"{found.rules[Batch].table} {window}.zip", ZIP)


def _sent(code: str, activity: str, window: str) -> tuple[Activity, Sent]:
    """What a closed batch sent out. Raises NotFound."""
    account = me()
    with reading() as (r, world):
        found, unit = activity_for(world, account, activity, SORT), unit_for(world, account, code)
        batch = handin_of(r, world, found, unit.unit, window)
        if batch.state != "closed":
            raise NotFound("这一批还没有结批。", reason="unknown_fact", hint="请先结批。")
        return found, batch_sent(r, world, found, batch)


def _page(code: str, activity: str, form: Form, reopening: Form, status: int = 200) -> Answer:
    account, turned, sent = me(), max(1, request.args.get("page", 1, int)), request.args.get("sent", "")
    number = 1 if sent else turned
    with reading() as (r, world):
        found, unit = activity_for(world, account, activity, SORT), unit_for(world, account, code)
        shown = preview(r, found, unit, part=slice((number - 1) * ON_A_PAGE, number * ON_A_PAGE))
        pages = max(1, -(-shown.waiting // ON_A_PAGE))
        batches = tuple(
            _shown(r, found, each, turned if each.window.name == sent else 1) for each in handins_of(r, world, found, unit.unit)
        )
        now = coming(windows_of(found.rules, to_relay=to_relay(world, found, unit.unit)), r.clock.now())
        left = now.until.left_words(r.clock.now()) if now and now.until else ""
        may_write = found.is_open and account.has("coordinator")
        works = {each.id: each for each in entries_by_id(r, world, found, [row.entry for each in batches for row in each.rows])}
        places = {each.row.unit: world.tree.units[each.row.unit].address for each in (*shown.going, *shown.staying)}
        address, statements = world.activities.address(found), found.rules[Entries].statements
        rule = late_rule(found.rules)
        page = HandInPage(
            found,
            address,
            unit,
            batches,
            works,
            places,
            now,
            left,
            rule,
            shown,
            statements,
            address_of(r, unit.unit),
            may_write,
            number,
            pages,
            ON_A_PAGE,
            form,
            reopening,
        )
    return respond.page("entries/handin.html", page, status)


def _shown(r: Reader, activity: Activity, batch: HandIn, number: int) -> BatchShown:
    mail = mail_of(r, activity, batch) if batch.state == "closed" else None
    missing = files_missing(mail, frame().open_store().path) if mail else ()
    pages = max(1, -(-len(batch.rows) // ON_A_PAGE))
    number = min(number, pages)
    rows = batch.rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE] if mail else ()
    return BatchShown(batch, mail, versions_of(r, activity, batch), missing, rows, number, pages)
