"""The rule book joins what areas declare, and says in which file something does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as bare_field
from typing import Any

import pytest

from campmgr.areas.hours.settings import Completion, Hours
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput
from campmgr.facts.area import Area
from campmgr.facts.catalogue import Catalogue, Misbuilt
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, setting
from campmgr.settings.reading import wrong
from campmgr.settings.rule_book import RuleBook
from campmgr.settings.sections import Chosen, Section
from campmgr.wording import Reason

HERE = "tests/settings/test_rule_book.py"


def even(about: Field, found: object) -> int | Complaint:
    return found if isinstance(found, int) and found % 2 == 0 else wrong(about, found, "双数", "bad_number")


@dataclass(frozen=True, slots=True)
class Boats:
    many: int = setting("多少条船", default=2, form=even)
    colour: str = setting("颜色", default="red", allowed={"red": "红色", "blue": "蓝色"})


@dataclass(frozen=True, slots=True)
class Crews:
    each: int = setting("每条船几人", default=4, within=(1, 9), place=11)


@dataclass(frozen=True, slots=True)
class Rivers:
    names: tuple[str, ...] = setting("河流", default=())


def enough(chosen: Chosen) -> Iterator[Complaint]:
    if chosen[Boats].many * chosen[Crews].each > 40:
        yield Complaint("boats.many", str(chosen[Boats].many), "不超过四十人的船队", "out_of_range")


def unnamed(chosen: Chosen) -> Iterator[Reason]:
    if not chosen[Rivers].names:
        yield Reason("no_river", "还没有写河流。")


BOATS = Section("boats", Boats, "船", place=20, check=enough)
RIVERS = Section("rivers", Rivers, "河", place=10, is_fixed=True, remind=unnamed)
CREWS = Section("boats", Crews, "船", place=20)


@pytest.fixture
def book(monkeypatch) -> RuleBook:
    """Boats, whose crews another area declares, and rivers."""
    monkeypatch.setattr(Crews, "__module__", "tests.settings.crews")
    return RuleBook([BOATS, RIVERS, CREWS])


def test_sections_and_settings_stand_in_their_places_whoever_brings_them(book):
    rules = book.from_mapping({})
    assert list(book.fields) == ["rivers.names", "boats.many", "boats.each", "boats.colour"]
    assert [(title, [line.key for line in lines]) for title, lines in rules.by_section(rules.show())] == [
        ("河", ["rivers.names"]), ("船", ["boats.many", "boats.each", "boats.colour"])
    ]  # fmt: skip


def test_rules_are_reached_by_the_class_that_declares_them_and_by_name(book):
    rules = book.from_mapping({"boats": {"many": 4, "each": 3}})
    assert (rules[Boats].many, rules[Crews].each, rules["boats"].many, rules["boats"].each) == (4, 3, 4, 3)
    assert rules["rivers"] == rules[Rivers]
    assert rules.to_mapping() == {"rivers": {"names": []}, "boats": {"many": 4, "each": 3, "colour": "red"}}
    assert book.from_mapping(rules.to_mapping()) == rules
    assert rules.with_section(Crews(each=5))[Crews].each == 5


def test_an_areas_own_form_check_and_reminder_are_asked(book):
    rules = book.from_mapping({})
    with pytest.raises(BadInput, match=r"boats\.many：现在是 3，应为双数"):
        rules.with_change("boats.many", "3")
    with pytest.raises(BadInput, match="不超过四十人的船队"):
        rules.with_change("boats.many", "12")
    assert [reason.code for reason in rules.reminders()] == ["no_river"]
    assert rules.with_change("rivers.names", "闽江").reminders() == ()


def test_a_section_says_what_cannot_be_changed_and_a_setting_how_its_values_are_called(book):
    assert (book.sections.is_fixed("rivers.names"), book.sections.is_fixed("boats.many")) == (True, False)
    assert [book.fields["boats.colour"].say(value) for value in ("blue", "green")] == ["蓝色", "green"]


def test_a_preset_may_come_in_several_texts_that_share_a_section(book):
    rules = book.parse("[boats]\nmany = 8", '[boats]\neach = 2\n[rivers]\nnames = ["闽江"]')
    assert (rules[Boats].many, rules[Crews].each, rules[Rivers].names) == (8, 2, ("闽江",))


@dataclass(frozen=True, slots=True)
class More:
    many: int = setting("又是多少条船", default=3)


@dataclass(frozen=True, slots=True)
class Odd:
    depth: float = setting("水深", default=1)


@dataclass(frozen=True, slots=True)
class Old:
    length: str = setting("长度", default="", form="metres")  # type: ignore[arg-type]  # what a careless hand would write


@dataclass(frozen=True, slots=True)
class Bare:
    weight: int = bare_field(default=3)


@pytest.mark.parametrize(
    ("section", "says"),
    [
        (Section("boats", Boats, "船", place=20), f"{HERE}: the section 'boats' is declared twice"),
        (Section("hours", More, "时间", place=70),
         f"{HERE}: the section 'hours' has another title or place than in campmgr/areas/hours/settings.py"),
        (Section("odd", Odd, "水", place=30), f"{HERE}: nobody reads odd.depth, a float of form None"),
        (Section("old", Old, "旧", place=30), f"{HERE}: nobody reads old.length, a str of form 'metres'"),
        (Section("show", More, "看", place=30),
         f"{HERE}: 'show' is a word of Rules; templates could not reach the section"),
        (Section("bare", Bare, "裸", place=30), f"{HERE}: bare.weight is not declared by setting(…)"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_the_file(section, says):
    with pytest.raises(ValueError, match=HERE) as refused:
        RuleBook([*CATALOGUE.book.sections.all, BOATS, section])
    assert str(refused.value) == says


def test_a_key_declared_by_two_areas_is_said_with_both_files(monkeypatch):
    monkeypatch.setattr(More, "__module__", "tests.settings.crews")
    with pytest.raises(ValueError, match="declared") as refused:
        RuleBook([BOATS, Section("boats", More, "船", place=20)])
    assert str(refused.value) == f"tests/settings/crews.py: boats.many is declared in {HERE} already"


SECTIONS: tuple[Any, ...] = (BOATS, BOATS)


def test_a_catalogue_says_so_too():
    area = Area("boats", "船", settings=f"{__name__}:SECTIONS")
    with pytest.raises(Misbuilt, match=f"{HERE}: the section 'boats' is declared twice"):
        _ = Catalogue([*CATALOGUE.areas, area]).book


def test_an_areas_settings_join_those_of_the_house():
    rules = RuleBook([*CATALOGUE.book.sections.all, RIVERS]).preset("escape-drill-2023")
    assert rules[Hours] == CATALOGUE.book.preset("escape-drill-2023")[Hours]
    assert (rules[Rivers].names, rules[Completion].required_hundredths) == ((), 800)
