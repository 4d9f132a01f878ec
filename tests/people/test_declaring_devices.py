"""One device for many names is noticed, stays in this data file, and is no fact."""

from __future__ import annotations

from campmgr.areas.people.actions import joining
from campmgr.areas.people.local import new_page, people_of_their_devices
from campmgr.areas.people.settings import People
from campmgr.facts import world as worlds
from tests.kit.desk_story import DAY, UNIT, school
from tests.kit.pages import OWN


def _counts(pages, people: list[str]) -> dict[str, int]:
    with pages.store.reading() as r:
        return people_of_their_devices(r, people)


def _declare(pages, person: str, device: str) -> None:
    with pages.store.writing() as w:
        token = new_page(w, person)
    typed = {"lesson": "V1", "day": DAY, "minutes": "30", "client_id": f"{person}{device}", "device": device}
    assert pages.browser().post(f"/p/{token}/declarations", data=typed, headers=OWN).status_code == 303


def test_who_declares_for_a_class_on_one_phone_is_counted(pages):
    people = school(pages, "阿雅", "巴迪", "齐拉", "多多")
    for person in people[:3]:
        _declare(pages, person, "one phone")
    _declare(pages, people[0], "her own phone")
    _declare(pages, people[0], "one phone")
    _declare(pages, people[3], "")
    assert _counts(pages, people) == {people[0]: 3, people[1]: 3, people[2]: 3}


def test_joining_is_noticed_too_and_the_number_is_kept_nowhere(pages):
    with pages.store.writing() as w:
        code = joining.make_join_code(w, UNIT).code
    browser = pages.browser()
    with pages.store.reading() as r:
        version = worlds.load(r).rules[People].consent_version
    form = {
        "name": "阿雅",
        "kind": "学校师生",
        "consent": "1",
        "consent_version": version,
        "client_id": "j1",
        "device": "phone-number-7",
    }
    assert browser.post(f"/j/{code}/sent", data=form, headers=OWN).status_code == 303
    with pages.store.reading() as r:
        assert r.value("select count(*) from local_spoken_for") == 1
        assert not r.value("select count(*) from facts where body like '%phone-number-7%'")
        assert not r.value("select count(*) from local_spoken_for where device_hash like '%phone-number-7%'")
