"""A made-up call for works beside the camp: twelve units hand in eighty, one batch is closed, some are shown, one is revoked.

Its year is over, so the host takes a late batch of a school and of the district that passes on: both can be closed today.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from campmgr.accounts.governing import Place
from campmgr.areas.activities.actions import Opening, begin
from campmgr.areas.entries.actions.agreeing import agreement_drafts
from campmgr.areas.entries.actions.files import attach_file
from campmgr.areas.entries.actions.handing_in import Closing, close_batch, take_late
from campmgr.areas.entries.actions.staging import revoke_entry, stage_entries
from campmgr.areas.entries.files.folder import keep_file
from campmgr.areas.entries.files.probing import probe_file
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.settings import INTERACTIVE, PICTURES, VIDEOS
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.demo.camp import DemoCamp
from campmgr.demo.cast import Guest, let_in
from campmgr.demo.media import made_film, made_picture
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import find_unit
from campmgr.facts.inventory_rows import InventoryRow, inventory_rows, row_draft
from campmgr.facts.saying import say
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject_key
from campmgr.store import data_file
from campmgr.store.door import Writer

CODE, PRESET = "ZP2023", "works-collection-2023"
UNITS, WORKS, LATE = 12, 80, 2
WINDOW, MISSED = "2023Q2", "2023Q1"
MAILBOX, ADDRESS = "works@example.org", "鼓楼区演练路 1 号"

_AT = "2023-06-26T10:00"
"""In the last week of the second quarter, in which works are handed in."""

_ABOUT = "守夜 归来 一线 演练 平安 红色 逆行 校门 街灯 渔港 山路 台风 楼道 厨房 电梯 河堤".split()
_SHAPES = (
    (PICTURES, "海报"),
    (VIDEOS, "短视频"),
    (PICTURES, "漫画"),
    (VIDEOS, "公益广告"),
    (INTERACTIVE, "H5"),
    (PICTURES, "摄影"),
)
_THEMES = ("安全宣传和应急科普", "践行训词精神的典型事迹", "改革发展举措和进展成效", "大安全大应急框架")
_PLATFORMS = ("微信", "抖音", "快手", "微博")


def add_call(path: Path, built: DemoCamp) -> None:
    """Open a call for works in the made-up camp's file, with works, files beside it, and what has become of them."""
    store = data_file.open_file(path, CATALOGUE, FixedClock(_AT))
    try:
        with store.writing(alone=True) as w:
            begin(w, Opening(PRESET, CODE, typed={"batch.mailbox": MAILBOX}))
            world = worlds.load(w)
            activity = world.activities.called(CODE)[0]
            sender = find_person(w, built.ready.code)
            school = find_unit(world, built.school)
            units = list(dict.fromkeys((sender.home, school.unit, *_others(world))))[:UNITS]
            _list(w, activity, units, range(WORKS - LATE))
            rows = inventory_rows(w, ENTRIES, activity.id)
            _attach(w, path, sorted(rows, key=lambda each: each.unit != sender.home))
            closing = Closing(sender, meant=WINDOW, stated=True, address=ADDRESS)
            close_batch(w, activity, world.tree.units[sender.home], closing)
            _go_on(w, [each for each in rows if each.values["class"] != INTERACTIVE and each.unit != sender.home])
            _show_pictures(w, rows, sender.home)
            _let_in_late(w, activity, school)
    finally:
        data_file.close(store)


def _others(world: World) -> Iterator[str]:
    schools = (each.unit for each in world.tree.units.values() if each.kind == "学校" and each.participating)
    return islice(schools, UNITS)


def _list(w: Writer, activity: Activity, units: Sequence[str], numbers: Iterable[int]) -> None:
    """Works of all units in turn, with what their makers agreed to; every ninth lacks something."""
    drafts = []
    for number, unit in zip(numbers, cycle(units), strict=False):
        draft = row_draft(ENTRIES, activity.id, unit, _values(number), None)
        if draft:
            entry = subject_key(draft.subject)
            drafts += [draft, *agreement_drafts(activity, unit, entry, None, ())]
    say(w, drafts)


def _values(number: int) -> dict[str, Any]:
    kind, form = _SHAPES[(number // UNITS + number) % len(_SHAPES)]
    title = f"《{_ABOUT[number % len(_ABOUT)]}》{'一二三四五六'[number // len(_ABOUT)]}"
    return {
        "title": title, "class": kind, "sub": form, "theme": _THEMES[number % len(_THEMES)],
        "created_on": f"2023-{number % 5 + 1:02}-{number % 27 + 1:02}", "published_on": f"2023-06-{number % 20 + 1:02}",
        "platform": _PLATFORMS[number % len(_PLATFORMS)], "link": f"https://works.example.org/{number + 1}",
        "words": "" if number % 9 == 4 else f"关于{_ABOUT[number % len(_ABOUT)]}的一件作品。",
    }  # fmt: skip


def _attach(w: Writer, data: Path, rows: Sequence[InventoryRow]) -> None:
    """Three pictures and three films lie beside the data file; the last film is too small."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = [made_picture(shade) for shade in (60, 120, 180)]
        films = [made_film(95), made_film(240, 1080, 1920), made_film(61, 1280, 720)]
        for kind, made, suffix in ((PICTURES, pictures, "png"), (VIDEOS, films, "mp4")):
            own = [each for each in rows if each.values["class"] == kind]
            for number, (row, data_of_file) in enumerate(zip(own, made, strict=False), 1):
                path = Path(folder) / f"{kind}{number}.{suffix}"
                path.write_bytes(data_of_file)
                probe = probe_file(path)
                attach_file(w, row, "作品", probe)
                keep_file(data, path, probe.sha256 or "")


def _go_on(w: Writer, rows: Sequence[InventoryRow]) -> None:
    """Some are shortlisted, some shown, one sent back, one revoked."""
    stage_entries(w, rows[:12], "入围")
    stage_entries(w, rows[12:16], "展播", outlet="微信")
    stage_entries(w, rows[16:17], "退回", reason="画面里有商家招牌，请剪去后再报")
    revoke_entry(w, rows[0], "参选", "画面取自他人作品，作者无法说明来源")


def _show_pictures(w: Writer, rows: Sequence[InventoryRow], home: str) -> None:
    """The works whose pictures were made are shown, so that the gallery has some."""
    own = [each for each in rows if each.unit == home and each.values["class"] == PICTURES]
    stage_entries(w, own[:3], "展播", outlet="微信")


def _let_in_late(w: Writer, activity: Activity, school: Unit) -> None:
    """Works that came too late for the first quarter, which the host takes of the school and of the district above it."""
    _list(w, activity, [school.unit], range(WORKS - LATE, WORKS))
    take_late(w, activity, school, MISSED, "台风停课，作品晚到")
    if school.above is not None:
        register(w, Registration(school.above.unit, "王科长", "LXR-1"))
        take_late(w, activity, school.above, MISSED, "等所属学校补报")


def call_guests(w: Writer, built: DemoCamp, password: str) -> tuple[Guest, ...]:
    """A log-in for the district that collects from its schools and passes on; made when the camp is served, since its links end."""
    above = find_unit(worlds.load(w), built.school).above
    return (let_in(w, "relay", "转报单位", Place("organizer", above.code), password),) if above is not None else ()
