"""Whoever joined with this browser finds the page again without code or telephone: the browser remembers a number, and we for whom
it spoke (`areas.people.local`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.local import new_page, people_of_device
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import frame, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.rates import address
from campmgr.web.respond import Answer

area = Blueprint("my_device", __name__, url_prefix="/p/device")


@dataclass(frozen=True, slots=True)
class DevicePage:
    """For whom this browser spoke: (id, name, unit and class), the last first; and the number by which it is known."""

    people: tuple[tuple[str, str, str], ...]
    device: str


@area.post("/")
@anyone
def asked() -> Answer:
    """Go on to the list; the browser's number is a secret of its own, so it comes by POST and is kept in memory alone."""
    kept = frame().searches.keep(_whose(), Form.sent().typed("device")[:64])
    return respond.go(url_for("my_device.known", search=kept))


def _whose() -> str:
    """Under what a browser's number is kept: what was kept from elsewhere is not found."""
    return f"device at {address()}"


@area.get("/")
@anyone
def known() -> Answer:
    """List whom this browser registered."""
    device = frame().searches.typed(_whose(), request.args.get("search", ""))
    with reading() as (r, world):
        people = _known(r, world, device)
    return respond.page("desks/my_device.html", DevicePage(people, device))


@area.post("/open")
@anyone
def own() -> Answer:
    """Open the page of one of them, with a link that may look and not withdraw. Raises NotFound for anybody else."""
    form = Form.sent()
    with writing() as (w, world):
        if form.typed("person") not in {person for person, *_ in _known(w, world, form.typed("device"))}:
            raise NotFound("这部手机没有登记过这个人。", reason="unknown_person", hint="请用编码和手机号后四位找回。")
        return respond.go(url_for("me.mine", token=new_page(w, form.typed("person"), recovered=True)))


def _known(r: Reader, world: World, device: str) -> tuple[tuple[str, str, str], ...]:
    spoken_for = people_of_device(r, device) if device else []
    found = {each.person: each for each in people_by_id(r, spoken_for).values() if each.name}
    return tuple((each.person, each.name, f"{unit_name(world, each.home)} {each.class_name}".strip()) for each in found.values())
