"""Certificates printed in one go, as a job: one PDF, or a zip of folders by city and unit; the page may be closed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from flask import Blueprint, url_for

from campmgr.areas.certificates.files.bundle import write_bundle
from campmgr.areas.certificates.files.sheet import Unprinted, look_of, write_certificates
from campmgr.areas.certificates.pages.certificates import asked_unit, listed
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.units.queries.offering import units_offered
from campmgr.errors import NotFound
from campmgr.facts import world as worlds
from campmgr.files.whole_file import whole_file
from campmgr.ids import random_id
from campmgr.web import respond, working
from campmgr.web.current import frame, me, press, reading
from campmgr.web.downloads import PDF, ZIP, download_kept
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress, Work
from campmgr.web.respond import Answer

area = Blueprint("office_printing", __name__, url_prefix="/office/certificates")

FORMATS = {"pdf": PDF, "zip": ZIP}
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Printed:
    """A file of certificates: where it lies, the name it is saved under, how many are in it, who was left out and why."""

    path: Path
    name: str
    form: str
    printed: int
    unprinted: tuple[Unprinted, ...]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What became of it; `more`: how many of those left out are not listed."""

    file: Printed
    job: str
    megabytes: float
    listed: tuple[Unprinted, ...]
    more: int


@area.post("/print")
@require("organizer")
def start() -> Answer:
    """Print the valid certificates of a unit and below (mine without one). Pressed twice, it is one job."""
    account, form = me(), Form.sent()
    sort = form.choice("sort", FORMATS)
    with reading() as (r, world):
        code = form.pick("print_unit", units_offered(world, account), required=False) or account.unit
        if not form.errors:
            unit = asked_unit(world, account, code)
            certificate_prints(r, world, unit.unit, account.line, most=1)  # says at once where there is none
    if form.errors:
        return listed(form, 422)
    job = form.client_id if form.client_id.isalnum() else random_id()
    work = _printing(unit.unit, account.line, unit.name, sort, frame().jobs.folder(account.account, job))
    to = url_for("office_printing.shown", job=job)
    return working.answer_of(working.start(_("印制证书：") + unit.name, work, lambda _result: to, job))


@area.get("/printed/<job>")
@require("organizer")
def shown(job: str) -> Answer:
    """How many were printed, who was left out, and the file. Raises NotFound once it is no longer kept."""
    found = _kept(job)
    with reading():
        pass  # the tabs of the office depend on whose camp it is
    page = PrintedPage(
        found, job, found.path.stat().st_size / 1024**2, found.unprinted[:_SHOWN], max(0, len(found.unprinted) - _SHOWN)
    )
    return respond.page("certificates/printed.html", page)


@area.get("/printed/<job>/file")
@require("organizer")
def file(job: str) -> Answer:
    """The file itself. Raises NotFound."""
    found = _kept(job)
    return download_kept(found.path, found.name, FORMATS[found.form])


def _printing(unit: str, line: str, name: str, sort: str, folder: Path) -> Work:
    """The work of the job; it reads the data file as it stands then."""
    store, setter = frame().open_store(), press()

    def work(told: Progress) -> Printed:
        path = folder / f"certificates.{sort}"
        with store.reading() as r:
            world = worlds.load(r)
            certificates = certificate_prints(r, world, unit, line)
            look = look_of(r, world, setter)
        write = partial(write_bundle, world) if sort == "zip" else write_certificates
        with whole_file(path) as out:
            made = write(look, certificates, out, told)
        return Printed(path, f"{name}证书.{sort}", sort, made.printed, made.unprinted)

    return work


def _kept(job: str) -> Printed:
    known = frame().jobs.job(me().account, job)
    found = cast("Printed | None", known.result) if known is not None and isinstance(known.result, Printed) else None
    if found is None or not found.path.is_file():
        raise NotFound("这份文件已经过期或删除。", reason="no_such_page", hint="请回到“证书”，再印一次。")
    return found
