"""How many are expected, from which day on and by whom; a unit that is closed, and opened again."""

from __future__ import annotations

import random
import re

from campmgr.areas.units.actions.units import UnitRow, close_unit, describe_unit
from campmgr.areas.units.queries.report_lines import Expected, lines_of
from campmgr.desks.actions.withdrawing import withdraw
from campmgr.facts import world as worlds
from campmgr.facts.folding import rebuild
from campmgr.facts.units import Count, Unit
from tests.kit.desk_story import school, undone
from tests.kit.office import agree, hidden, see, send, told_before

CHANGE, CLOSE = "/office/units/3501-X1/change", "/office/units/3501-X1/close"


def _unit(pages, code: str = "3501-X1") -> Unit:
    with pages.store.reading() as r:
        return worlds.load(r).tree.by_code[code][0]


def _count(pages, number: int | None, day: str = "", source: str = "") -> str:
    with pages.store.writing() as w:
        known = worlds.load(w).tree.by_code["3501-X1"][0]
        row = UnitRow(known.code, known.name, "", known.kind, known.own_line, number)
        fact = describe_unit(w, known.unit, row, "", Count(day, number, source))
        return fact.chain if fact else ""


def _expected(pages, as_of: str = "") -> int | None:
    with pages.store.reading() as r:
        world = worlds.load(r)
        return Expected(world, as_of)(world.tree.by_code["3501-X1"][0].unit)


def test_a_number_holds_from_its_day_on_and_the_first_one_before_it_too(pages):
    _count(pages, 400, "2023-05-01", "市教育局")
    _count(pages, 450, "2023-06-01", "学校")
    assert [_expected(pages, day) for day in ("2023-04-01", "2023-05-31", "2023-06-01", "")] == [400, 400, 450, 450]
    assert _unit(pages).story.counts == (Count("2023-05-01", 400, "市教育局"), Count("2023-06-01", 450, "学校"))
    _count(pages, 410, "2023-05-15", "更正")
    assert [_expected(pages, day) for day in ("2023-05-14", "2023-05-15", "2023-06-01", "")] == [400, 410, 410, 410]


def test_a_number_that_is_taken_back_gives_the_one_before_again(pages):
    _count(pages, 400, "2023-05-01", "市教育局")
    second = _count(pages, 450, "2023-06-01", "学校")
    with pages.store.writing() as w:
        withdraw(w, second, "写错了", "")
    assert (_unit(pages).count_on(""), _expected(pages, "2023-06-05")) == (Count("2023-05-01", 400, "市教育局"), 400)


def _told(said: list[tuple[int, str]], day: str) -> int:
    """What holds on a day of numbers said one after another, each knowing those before it: the last one that had begun, of those
    that no later word has put aside by beginning earlier; the first that stands holds before its day too.
    """
    stands = [said[at] for at in range(len(said)) if all(later[1] > said[at][1] for later in said[at + 1 :])]
    begun = [number for number, since in stands if since <= day]
    return begun[-1] if begun else stands[0][0]


def test_numbers_as_of_drawn_days_are_those_of_a_plain_recount(pages):
    dice = random.Random(3)
    days = [f"2023-0{month}-{day:02}" for month in (4, 5, 6) for day in range(1, 28, 5)]
    said: list[tuple[int, str]] = []
    for _ in range(12):
        number, day = dice.randrange(1, 900), dice.choice(days)
        if _count(pages, number, day, f"第{len(said)}次"):
            said.append((number, day))
        for asked in dice.sample(days, 4):
            assert _expected(pages, asked) == _told(said, asked), (said, asked)
    with pages.store.writing() as w:
        rebuild(w)
    assert [_expected(pages, day) for day in days] == [_told(said, day) for day in days]


def test_a_report_as_of_a_day_divides_by_the_number_of_that_day(pages):
    _count(pages, 400, "2023-05-01", "市教育局")
    _count(pages, 450, "2023-06-01", "学校")
    with pages.store.reading() as r:
        world = worlds.load(r)
        days = ("2023-05-20", "2023-06-02", "")
        found = [{row.code: row.expected for row in lines_of(r, world, "school", day).rows} for day in days]
    assert [each["3501-X1"] for each in found] == [400, 450, 450]


def test_the_form_keeps_day_and_source_and_the_page_shows_them(pages):
    page = see(pages, CHANGE, "city")
    told = {"code": "3501-X1", "name": "演练小学1", "kind": "学校", "line": "", "shown": hidden(page, "shown")}
    done = send(pages, CHANGE, "city", **told, expected="388", counted_on="2023-06-01", source="市教育局")
    assert done.status_code == 303
    shown = re.sub(r"<[^>]+>|\s+", "", see(pages, "/office/units/3501-X1", "city"))
    assert "388" in shown
    assert "2023-06-01起" in shown
    assert "市教育局" in shown
    undone(pages, done, "city")
    assert _unit(pages).count_on("").number is None


def test_a_closed_unit_takes_nobody_and_keeps_what_it_has(pages):
    school(pages, "阿雅")
    before = told_before(see(pages, CLOSE, "city"))
    assert "seen" in before
    done = agree(pages, CLOSE, "city", reason="并校")
    assert done.status_code == 303
    assert (_unit(pages).closed_on, _unit(pages).admits) != ("", True)
    page = see(pages, "/office/units/3501-X1", "city")
    assert ("已关闭" in page, "重新开放" in page) == (True, True)
    answer = send(pages, "/desk/units/3501-X1/people/new", "dora", name="巴迪", kind="学校师生")
    assert (answer.status_code, "关闭，不能登记人员" in answer.text) == (422, True)
    assert "阿雅" in see(pages, "/desk/units/3501-X1/people", "dora")
    undone(pages, done, "city")
    assert _unit(pages).admits
    assert send(pages, "/desk/units/3501-X1/people/new", "dora", name="巴迪", kind="学校师生").status_code == 303


def test_what_stands_below_is_closed_with_it_and_opened_with_it(pages):
    with pages.store.writing() as w:
        close_unit(w, "3501", "2023-06-01", "撤并")
    assert (_unit(pages).closed_on, _unit(pages).story.closed_on) == ("2023-06-01", "")
    done = send(pages, "/office/units/3501/open", "root")
    assert (_unit(pages).closed_on, _unit(pages, "3501").closed_on) == ("", "")
    undone(pages, done, "root")
    assert _unit(pages).closed_on != ""


def test_accounts_are_closed_with_their_unit_and_come_back_with_it(pages):
    told = told_before(see(pages, "/office/units/3501/close", "root"))
    ids = {pages.accounts[who].account for who in ("city", "dora", "jiao", "elias")}
    page = see(pages, "/office/units/3501/close", "root")
    assert ids <= set(re.findall(r'name="account" value="(\w+)"', page))
    done = send(pages, "/office/units/3501/close", "root", **told, account=pages.accounts["dora"].account, sure="1", reason="并校")
    assert done.status_code == 303
    assert pages.browser("dora").get("/desk/units/3501-X1").status_code in {302, 303}
    assert pages.browser("elias").get("/desk/units/3501-X1").status_code == 200
    undone(pages, done, "root")
    with pages.store.reading() as r:
        assert r.value("select active from local_accounts where account = :a", a=pages.accounts["dora"].account) == 1


def test_nobody_closes_their_own_unit_or_the_root(pages):
    assert pages.browser("city").get("/office/units/3501/close").status_code == 409
    assert pages.browser("root").get("/office/units/35/close").status_code == 409
