"""A screenshot beside a declaration: sent by its owner, seen by who confirms, gone once it is answered or its owner erased."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from campmgr.areas.camp import actions as camp
from campmgr.areas.hours.actions import corrections, declarations
from campmgr.areas.people.actions import people
from campmgr.areas.people.local import new_page
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.folding import rebuild
from tests.kit.desk_story import DAY, DESK, credited, post, school
from tests.kit.office import agree
from tests.kit.pages import OWN


def _screenshot(colour: str = "teal") -> bytes:
    """A picture of its own, with a place in it."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 4.0, 30.0)})
    target = BytesIO()
    noise = Image.effect_noise((200, 400), 50).convert("RGB")
    Image.blend(noise, Image.new("RGB", (200, 400), colour), 0.5).save(target, "JPEG", exif=exif)
    return target.getvalue()


@pytest.fixture
def own(pages):
    """A pupil with a page: their id and the token."""
    (aya,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        return aya, new_page(w, aya)


def _declare(pages, token: str, picture: bytes | None, client_id: str = "form-1", name: str = "截图.jpg", **more):
    data = {"lesson": "V1", "minutes": "30", "day": DAY, "client_id": client_id} | more
    if picture is not None:
        data["picture"] = (BytesIO(picture), name)
    return pages.browser().post(f"/p/{token}/declarations", data=data, headers=OWN)


def _kept(pages) -> list[tuple]:
    with pages.store.reading() as r:
        return r.all("select person, digest, picture, small from local_screenshots order by made_at, digest")


def _addresses(text: str) -> list[str]:
    return re.findall(r'(?:src|href)="([^"]*/screenshots/[^"]*)"', text)


def test_a_picture_is_sent_seen_by_its_owner_and_by_who_confirms(pages, own):
    aya, token = own
    assert _declare(pages, token, _screenshot()).status_code == 303
    for who, page in (("nobody", f"/p/{token}"), ("dora", f"{DESK}/declarations"), ("dora", f"/desk/people/{aya}")):
        addresses = _addresses(pages.browser(who).get(page).text)
        assert len(addresses) == 2
        for address in addresses:
            answer = pages.browser(who).get(address)
            assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Content-Disposition"].startswith("inline")
            assert not dict(Image.open(BytesIO(answer.data)).getexif())
    assert "附截图" in pages.browser().get(f"/p/{token}/history").text


def test_nobody_else_sees_it(pages, own):
    aya, token = own
    (badis,) = school(pages, "巴迪")
    _declare(pages, token, _screenshot())
    digest = _kept(pages)[0][1]
    address = f"/desk/people/{aya}/screenshots/{digest}/whole.jpg"
    with pages.store.writing() as w:
        other = new_page(w, badis)
    assert pages.browser("dora").get(address).status_code == 200
    assert pages.browser("farid").get(address).status_code == 404
    assert pages.browser("elias").get(address).status_code == 403
    assert pages.browser().get(address).status_code == 303
    assert pages.browser("dora").get(address.replace(aya, badis)).status_code == 404
    assert pages.browser().get(f"/p/{other}/screenshots/{digest}/whole.jpg").status_code == 404
    assert _addresses(pages.browser("elias").get(f"{DESK}/declarations").text) == []


@pytest.mark.parametrize("answer", ["accept", "refuse"])
def test_once_it_is_answered_the_picture_is_gone(pages, own, answer):
    aya, token = own
    _declare(pages, token, _screenshot())
    with pages.store.reading() as r:
        fact = r.value("select fact from declarations")
    assert post(pages, f"{DESK}/declarations", fact=fact, answer=answer, reason="看不清").status_code == 303
    assert _kept(pages) == []
    assert credited(pages, aya) == (50 if answer == "accept" else 0)
    assert _addresses(pages.browser().get(f"/p/{token}").text) == []


def test_a_declaration_taken_back_takes_its_picture_along(pages, own):
    _declare(pages, own[1], _screenshot())
    with pages.store.writing() as w:
        corrections.withdraw(w, w.value("select fact from declarations"), "弄错了")
    assert _kept(pages) == []


def test_after_an_erasure_no_byte_of_it_is_in_any_file(pages, own):
    _aya, token = own
    _declare(pages, token, _screenshot())
    ((_, _, whole, small),) = _kept(pages)
    probes = (whole[200:260], whole[-90:-30], small[200:260])
    assert any(_is_on_disk(pages, probe) for probe in probes)
    assert agree(pages, f"/p/{token}/leave", "nobody").status_code == 303
    assert _kept(pages) == []
    assert [_is_on_disk(pages, probe) for probe in probes] == [False] * 3


def _is_on_disk(pages, probe: bytes) -> bool:
    files = [path for path in pages.store.path.parent.iterdir() if path.name.startswith(pages.store.path.name)]
    return any(probe in path.read_bytes() for path in files)


def test_of_merged_people_the_picture_stays_until_it_is_answered(pages, own):
    aya, token = own
    (other,) = school(pages, "阿雅雅")
    _declare(pages, token, _screenshot())
    with pages.store.writing() as w:
        both = people_by_id(w, [aya, other])
        people.merge(w, both[aya], both[other])
    stands = min(aya, other)
    ((_, digest, _, _),) = _kept(pages)
    assert pages.browser("dora").get(f"/desk/people/{stands}/screenshots/{digest}/small.jpg").status_code == 200
    with pages.store.writing() as w:
        declarations.settle(w, [w.value("select fact from declarations")], accepted=True)
    assert _kept(pages) == []


def test_the_same_picture_shown_twice_is_said_even_when_the_first_was_answered(pages, own):
    (badis,) = school(pages, "巴迪")
    with pages.store.writing() as w:
        other = new_page(w, badis)
    picture = _screenshot()
    _declare(pages, own[1], picture)
    assert "同一张截图" not in pages.browser("dora").get(f"{DESK}/declarations").text
    _declare(pages, other, picture)
    assert pages.browser("dora").get(f"{DESK}/declarations").text.count("同一张截图还用在另外 1 条申报上") == 2
    with pages.store.writing() as w:
        declarations.settle(w, [w.value("select fact from declarations where person = :person", person=badis)], accepted=True)
    assert pages.browser("dora").get(f"{DESK}/declarations").text.count("同一张截图还用在另外 1 条申报上") == 1


def test_all_are_ticked_and_unticked_in_one_press_and_the_class_is_told(pages, own):
    _declare(pages, own[1], None)
    page = lambda turned: pages.browser("dora").get(f"{DESK}/declarations{turned}").text  # noqa: E731 - three words
    ticked = [
        page(turned).count('name="fact" value="') - page(turned).count('" checked>') for turned in ("?ticked=none", "?ticked=all")
    ]
    assert ticked == [1, 0]
    assert ("三年1班" in page(""), "全部不选" in page("?ticked=all"), "全选" in page("?ticked=none")) == (True, True, True)


def test_folding_everything_anew_keeps_what_still_waits(pages, own):
    _declare(pages, own[1], _screenshot())
    with pages.store.writing() as w:
        rebuild(w)
    assert len(_kept(pages)) == 1


def test_where_the_picture_never_came_the_list_says_so(pages, own):
    _declare(pages, own[1], _screenshot())
    with pages.store.writing() as w:
        w.run("delete from local_screenshots")  # as on a node that has the fact from a pack
    text = pages.browser("dora").get(f"{DESK}/declarations").text
    assert ("不在这台电脑上" in text, _addresses(text)) == (True, [])
    assert "附截图" in pages.browser("dora").get(f"/desk/people/{own[0]}").text


def test_pressing_twice_declares_once_and_another_picture_is_asked_about(pages, own):
    picture = _screenshot()
    assert [_declare(pages, own[1], picture).status_code for _ in range(2)] == [303, 303]
    assert len(_kept(pages)) == 1
    assert _declare(pages, own[1], _screenshot("red")).status_code == 409
    assert len(_kept(pages)) == 1


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (b"", "不是完整的图片"),
        (b"<svg/>", "不是完整的图片"),
        (_screenshot()[:2000], "不是完整的图片"),
        (b"x" * 300_000, "截图太大，最多 0.2 MB"),
    ],
)
def test_what_is_no_picture_is_said_beside_the_field_and_nothing_is_declared(pages, own, picture, says):
    with pages.store.writing() as w:
        camp.amend_rule(w, "limits.picture_bytes", "200000")
    answer = _declare(pages, own[1], picture)
    assert (answer.status_code, says in answer.text, 'value="30"' in answer.text) == (422, True, True)
    with pages.store.reading() as r:
        assert r.value("select count(*) from declarations") == 0
    assert _kept(pages) == []


def test_more_than_twice_the_limit_is_not_read_at_all(pages, own):
    with pages.store.writing() as w:
        camp.amend_rule(w, "limits.picture_bytes", "100000")
    assert _declare(pages, own[1], b"x" * 480_000).status_code == 413


def test_a_person_keeps_so_many_pictures_and_no_more(pages, own):
    with pages.store.writing() as w:
        camp.amend_rule(w, "limits.pictures_per_person", "1")
    _declare(pages, own[1], _screenshot())
    answer = _declare(pages, own[1], _screenshot("red"), "form-2", day="2023-06-06")
    assert (answer.status_code, "最多 1 张" in answer.text, len(_kept(pages))) == (409, True, 1)


def test_where_the_camp_takes_none_there_is_no_field_and_none_is_kept(pages, own):
    with pages.store.writing() as w:
        camp.amend_rule(w, "limits.picture_bytes", "0")
    assert 'name="picture"' not in pages.browser().get(f"/p/{own[1]}").text
    assert _declare(pages, own[1], _screenshot()).status_code == 303
    assert _kept(pages) == []
