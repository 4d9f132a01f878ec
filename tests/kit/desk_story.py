"""A school with pupils and lessons, for the tests of the desk."""

from __future__ import annotations

import re

from campmgr.areas.hours.actions.declarations import declare
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import joining, people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.web.forms import shown_of
from tests.kit.pages import OWN, drawn

UNIT = "3501-X1"
DESK = f"/desk/units/{UNIT}"
DAY = "2023-06-05"


def school(pages, *names: str, unit: str = UNIT, class_name: str = "三年1班") -> list[str]:
    """Register pupils, with one lesson to watch; their ids."""
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V1", "家庭用电安全", 100, 60, "科普视频", "家庭"))
        return [people.register(w, Registration(unit, name, f"{unit}-{name}", class_name)) for name in names]


def declared(pages, person: str, minutes: int | None = 30) -> None:
    """Somebody says that they watched V1."""
    with pages.store.writing() as w:
        who = people_by_id(w, [person])[person]
        declare(w, who, MarkRow(DAY, lesson="V1", minutes=minutes, source="own"), client_id=person)


def joined(pages, code: str, name: str) -> str:
    """Somebody joins by a code; their id."""
    with pages.store.writing() as w:
        return joining.join(w, code, Registration("", name), client_id=name, consent_version="1")[0]


def credited(pages, person: str) -> int:
    """A person's hours in hundredths."""
    with pages.store.reading() as r:
        return int(r.value("select credited from people where person = :person", person=person))


def post(pages, path: str, who: str = "dora", **data):
    """A form sent from our own pages."""
    return pages.browser(who).post(path, data=drawn(pages, path, who, data) | data, headers=OWN)


def mark(pages, people: list[str], client_id: str = "form-1", **more):
    """Everyone of these is marked for V1, from a list that was drawn for just that; `shown` says otherwise."""
    data = {"what": "V1", "day": DAY, "person": people, "client_id": client_id, "class": "*", "minutes": ""} | more
    shown = shown_of(pages.unit(UNIT), data["class"], data["what"], data["day"])
    return post(pages, f"{DESK}/marking", **{"shown": shown} | data)


def told_at(answer) -> str:
    """The address of the page that tells what a form did: where it leads to, or where the browser has gone on to."""
    return answer.location or answer.request.full_path


def undone(pages, answer, who: str = "dora"):
    """The one press that takes back what an answer has just told of."""
    text = pages.browser(who).get(told_at(answer)).text
    found = re.search(r'<div class="note good done">.*?action="([^"]+)"', text, re.DOTALL)
    assert found is not None, text
    return post(pages, found[1], who=who)


def ticked(text: str) -> list[str]:
    """The people ticked on a page."""
    return re.findall(r'name="person" value="([0-9a-f]+)" checked', text)


def rows_shown(pages, path: str, who: str = "dora") -> list[str]:
    """The ids of the cases that a page of the review shows."""
    return re.findall(r'type="hidden" name="row" value="([0-9a-f]+)"', pages.browser(who).get(path).text)
