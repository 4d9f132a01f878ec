"""Packs and receipts in the office: what to carry to whom next, what has arrived, packs out and in (docs/ledger.md#receipts)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, request, url_for

from campmgr.areas.nodes.actions import find_node
from campmgr.areas.nodes.exchange.client import peer_words
from campmgr.areas.nodes.exchange.looking import PackLook
from campmgr.areas.nodes.exchange.outcome import Outcome, heard_sentence, odd_segments, outcome_of
from campmgr.areas.nodes.exchange.receipt import SUFFIX, is_receipt
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files.packs import accept_pack, hear_receipt, look_at_pack, send_pack
from campmgr.areas.nodes.local.syncing import LastSync, Peer, SyncPlan, last_sync, peers, plan_of
from campmgr.areas.nodes.queries.neighbours import Arrival, NeighbourLine, arrivals, neighbour_lines
from campmgr.clock import today_of
from campmgr.errors import CampError, NotFound
from campmgr.facts.laptops import laptop, own_node
from campmgr.files.qr import qr_picture
from campmgr.ids import random_id
from campmgr.store.door import Reader
from campmgr.web import respond, working
from campmgr.web.current import frame, me, reading
from campmgr.web.downloads import download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_laptop
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress
from campmgr.web.respond import Answer
from campmgr.web.uploads import drop_upload, keep_upload, kept_upload

area = Blueprint("office_packs", __name__, url_prefix="/office/packs")

FILE = "application/octet-stream"

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class SyncPart:
    """Over the network: who was reached where, how the last sync went, whether it goes by itself; the address at which others reach
    this laptop ("" where none can) and the QR code that says so, as the address of a picture.
    """

    peers: tuple[Peer, ...]
    last: LastSync | None
    plan: SyncPlan
    address: str
    code: str

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The laptops to choose among for syncing by itself."""
        return tuple((each.address, f"{each.name}（{each.address.removeprefix('http://')}）") for each in self.peers)


@dataclass(frozen=True, slots=True)
class PacksPage:
    """What to carry to whom next, how far one's own records have come, the form that takes in packs and receipts; what was told."""

    lines: tuple[NeighbourLine, ...]
    arrived: tuple[Arrival, ...]
    form: Form
    sync: SyncPart
    told: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A pack that was sent and looked into, as a job keeps it: under which name it is kept, and what it was called."""

    job: str
    kept: str
    name: str
    look: PackLook


@dataclass(frozen=True, slots=True)
class LookPage:
    """What a pack would change, and the form that takes it in."""

    looked: Looked
    form: Form


@dataclass(frozen=True, slots=True)
class TakenPage:
    """What became of a pack: its counts, every segment that was not simply taken, in words, and whether there is a receipt."""

    taken: Accepted
    outcome: Outcome
    odd: list[tuple[str, str]]
    job: str


@area.get("/")
@require("organizer")
def packs() -> Answer:
    """What to carry, and what has arrived."""
    return packs_page(Form())


@area.get("/heard")
@require("organizer")
def heard() -> Answer:
    """The same, and what a receipt said. Raises NotFound once that is no longer kept."""
    return packs_page(Form(), told=str(respond.shown_again()))


@area.post("/make")
@require("organizer")
def make() -> Answer:
    """A pack to save: for one node what it lacks, for nobody what the neighbours lack; all that they are to have, where asked."""
    form = Form.sent()
    node, whole = form.text("node", required=False, most=64), bool(form.typed("whole"))
    with reading() as (r, world):
        whole_laptop(r, world)
        found = find_node(world, node) if node else ""
        name, today = laptop(world, found) if found else _("上级和下级"), today_of(r.clock)

    def write(path: Path) -> None:
        send_pack(frame().open_store(), path, found, whole=whole)

    return download(written(write), f"接力包-给{name}-{today}.pack", FILE)


@area.post("/")
@require("organizer")
def sent() -> Answer:
    """A pack is looked into first; a receipt is taken in at once, since it changes no record."""
    with reading() as (r, world):
        whole_laptop(r, world)
    form = Form()
    try:
        path = keep_upload(request.files.get("pack"))
        name = Path((request.files["pack"].filename or "").replace("\\", "/")).name
        return _heard(path, name) if is_receipt(path) else _looked(path, name)
    except CampError as problem:
        form.wrong("pack", problem.sentence + problem.hint)
        return packs_page(form, 422)


def _heard(path: Path, name: str) -> Answer:
    store = frame().open_store()
    try:
        found = hear_receipt(store, path, name)
    finally:
        drop_upload(path)
    with reading() as (r, world):
        told = heard_sentence(laptop(world, found.node), found, neighbour_lines(r, world, [found.node])[0])
    return respond.shown_at("office_packs.heard", told)


def _looked(path: Path, name: str) -> Answer:
    store, job = frame().open_store(), random_id()

    def work(told: Progress) -> Looked:
        return Looked(job, path.name, name, look_at_pack(store, path, told, name))

    to = url_for("office_packs.look", job=job)
    started = working.start(_("查看数据包：") + name, work, lambda _result: to, job)
    return respond.go(to) if working.is_done(started) else working.still_working(started)


@area.get("/look/<job>")
@require("organizer")
def look(job: str) -> Answer:
    """What a pack would change, before it does. Raises NotFound once that is no longer kept."""
    return _look(_known(job, Looked), Form())


@area.post("/accept")
@require("organizer")
def accept() -> Answer:
    """Take in a pack that was looked into. One that can be trusted in nothing, or of another camp, changes nothing."""
    with reading() as (r, world):
        whole_laptop(r, world)
    looked = _known(Form.sent().typed("looked"), Looked)
    path, store, job, form = kept_upload(looked.kept), frame().open_store(), random_id(), Form()

    def work(told: Progress) -> Accepted:
        taken = accept_pack(store, path, told, looked.name)
        drop_upload(path)
        return taken

    to = url_for("office_packs.taken", job=job)
    try:
        started = working.start(_("接收数据包：") + looked.name, work, lambda _result: to, job)
        return respond.go(to) if working.is_done(started) else working.still_working(started)
    except CampError as problem:
        form.wrong("looked", problem.sentence + problem.hint)
        return _look(looked, form, 422)


@area.get("/taken/<job>")
@require("organizer")
def taken(job: str) -> Answer:
    """What became of a pack. Raises NotFound once that is no longer kept."""
    found = _known(job, Accepted)
    with reading() as (_r, world):
        page = TakenPage(found, outcome_of(found), odd_segments(world, found), job)
    return respond.page("nodes/pack_taken.html", page)


@area.get("/taken/<job>/receipt")
@require("organizer")
def receipt(job: str) -> Answer:
    """The receipt, to carry back. Raises NotFound."""
    return download(_known(job, Accepted).receipt, f"回执{SUFFIX}", FILE)


def _known(job: str, sort: type[_Kept]) -> _Kept:
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, sort):
        raise NotFound(
            "这次的结果已经过期；写入的数据都在。", reason="no_such_page", hint="要再看一遍，请再选一次同一个文件，不会重复。"
        )
    return known.result


def _look(looked: Looked, form: Form, status: int = 200) -> Answer:
    return respond.page("nodes/pack_look.html", LookPage(looked, form), status)


def packs_page(form: Form, status: int = 200, told: str = "", notes: Iterable[str] = ()) -> Answer:
    """The page of packs, with what is told on top."""
    with reading() as (r, world):
        whole_laptop(r, world)
        part = _sync_part(r, own_node(r, world))
        page = PacksPage(neighbour_lines(r, world), arrivals(r, world), form, part, told, tuple(notes))
    return respond.page("nodes/packs.html", page, status)


def _sync_part(r: Reader, node: str) -> SyncPart:
    served = (each for each in frame().settings.addresses() if urlsplit(each).hostname not in {"127.0.0.1", "localhost"})
    address = next(served, "")
    return SyncPart(peers(r), last_sync(r), plan_of(r), address, qr_picture(peer_words(address, node)) if address else "")
