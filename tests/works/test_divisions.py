"""Rankings of a part: a node of the tree, a line with its second memberships, a field, a kind of account; ties by readings."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.people.actions.people import add_membership
from campmgr.areas.works.actions.works import Reading, reading_draft, work_draft
from campmgr.areas.works.queries.divisions import Division, asked_division
from campmgr.areas.works.queries.standings import StandingsPage, standings
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.saying import say

JUNE = "2023-06-{:02}T04:00:00Z"


def hand_in(camp, number: str, title: str, counts: dict[int, int], **fields: str) -> None:
    """A work of a pupil, and its counts by day of June."""
    work = Work(title, link=f"https://example.org/{title}", **fields)
    who = camp.person(number)
    with camp.store.writing() as w:
        campaign = w.meta("campaign")
        drafts = [work_draft(campaign, work, who.person, who.home, "2023-06-01")]
        drafts += [
            reading_draft(who.home, work_id(campaign, work), Reading(JUNE.format(day), likes)) for day, likes in counts.items()
        ]
        say(w, drafts)


def amend(camp, **texts: str) -> None:
    with camp.store.writing() as w:
        for name, text in texts.items():
            amend_rule(w, f"ranking.{name}", text, "试")


def ranked(camp, at: str = "", limit: int | None = None, **asked: str) -> StandingsPage:
    with camp.store.reading() as r:
        world = worlds.load(r)
        return standings(r, world, at, limit, asked_division(world, **asked))


def titles(page: StandingsPage) -> str:
    """Places and titles; equals stand by ids, which differ from camp to camp, so they are sorted here."""
    return " ".join(
        sorted((f"{row.place}{row.title}" for row in page.rows), key=lambda each: (int(each[0]), "甲乙丙".index(each[1])))
    )


@pytest.fixture
def liked(camp):
    """张三 and 李四 of S1 in 350102, 王五 of S2 in 350103; 王五's family is counted by the federation F1 in 3501-FL."""
    hand_in(camp, "001", "甲", {1: 5, 3: 9}, field="家庭", account="个人号")
    hand_in(camp, "002", "乙", {1: 7, 2: 9}, field="学校", account="官方号")
    hand_in(camp, "003", "丙", {1: 8}, field="家庭")
    with camp.store.writing() as w:
        add_membership(w, camp.person("003"), "F1")
    return camp


def test_a_node_of_the_tree_ranks_those_at_home_below_it(liked):
    assert titles(ranked(liked)) == "1甲 1乙 3丙"
    assert titles(ranked(liked, unit="350102")) == "1甲 1乙"
    assert titles(ranked(liked, unit="S2")) == "1丙"
    assert titles(ranked(liked, unit="3502")) == ""


def test_a_line_ranks_its_members_wherever_they_are_at_home(liked):
    assert titles(ranked(liked, line="教育")) == "1甲 1乙 3丙"
    assert titles(ranked(liked, line="妇联")) == "1丙"
    assert titles(ranked(liked, unit="3501-FL")) == "1丙"
    assert titles(ranked(liked, unit="3502", line="妇联")) == ""


def test_a_field_and_a_kind_of_account(liked):
    assert titles(ranked(liked, field="家庭")) == "1甲 2丙"
    assert titles(ranked(liked, account="官方号")) == "1乙"
    assert titles(ranked(liked, account="个人号")) == "1甲 2丙"  # nobody recorded 丙's, so it is a personal one
    assert titles(ranked(liked, unit="350103", field="学校")) == ""


def test_the_text_printed_with_a_part_names_it(liked):
    assert ranked(liked, unit="350102", line="教育", field="家庭").rule.startswith("范围：鼓楼区、条线：教育、领域：家庭；")
    assert ranked(liked).rule.startswith("按点赞数")


def test_words_nobody_knows_are_refused_with_the_known_ones(liked):
    with pytest.raises(BadInput, match="没有“海洋”这种作品领域"):
        ranked(liked, field="海洋")
    with pytest.raises(NotFound):
        ranked(liked, unit="9999")


def test_a_part_has_a_length_of_its_own_and_kinds_of_account_the_full_one(liked):
    amend(liked, division_length="1", length="3")
    assert titles(ranked(liked, unit="S1")) == "1甲 1乙"  # two equal at the cut
    assert titles(ranked(liked, field="家庭")) == "1甲"
    assert titles(ranked(liked, account="个人号")) == "1甲 2丙"
    assert titles(ranked(liked, field="家庭", limit=2)) == "1甲 2丙"


def test_who_had_the_count_first_is_read_from_the_readings(liked):
    amend(liked, ties="broken", tie_breaks="先达到该点赞数")
    assert titles(ranked(liked)) == "1乙 2甲 3丙"  # nine were seen on the 2nd and on the 3rd
    assert titles(ranked(liked, at="2023-06-01T23:00")) == "1丙 2乙 3甲"


def test_a_count_that_fell_and_rose_again_was_reached_when_first_seen(liked):
    hand_in(liked, "001", "甲", {2: 12}, field="家庭", account="个人号")
    amend(liked, ties="broken", tie_breaks="先达到该点赞数、发布较早")
    assert titles(ranked(liked)) == "1甲 1乙 3丙"  # both had nine at the reading of the 2nd


def test_kinds_apart_come_one_list_after_the_other_each_with_its_own_cut(liked):
    amend(liked, account_lists="apart", length="1")
    page = ranked(liked)
    assert [(row.account, row.place, row.title) for row in page.rows] == [("个人号", 1, "甲"), ("官方号", 1, "乙")]
    assert titles(ranked(liked, account="官方号")) == "1乙"
    assert "个人号、官方号分别排名" in page.rule


def test_after_the_cut_off_a_later_count_changes_nothing_without_being_asked(liked):
    amend(liked, cut_off="2023-06-01T23:00")
    page = ranked(liked)
    assert (titles(page), page.at) == ("1丙 2乙 3甲", "2023-06-01T23:00:00+08:00")
    assert titles(ranked(liked, at="2023-06-09T00:00")) == "1甲 1乙 3丙"


def test_the_division_of_everything_asks_nothing_more():
    assert Division().is_whole
    assert not Division(account="个人号").has_own_length
