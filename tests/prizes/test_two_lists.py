"""A root that was copied froze two lists under one number: both stand in the review, and whoever asks for one is asked which."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.prizes.queries.prizes import prize_list
from campmgr.clock import local_text, utc_text
from campmgr.desks.queries.review import Asked, Span, review_part
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from tests.kit.called import unit_called
from tests.kit.office import agree, import_csv, see
from tests.nodes.listed import list_life


def test_two_lists_of_one_number_ask_which(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校", "教育")
    list_life(root, [root.joins("S1", name) for name in ("甲", "乙", "丙")])
    number = root.see(lambda r: r.value("select max(number) from prize_lists")) + 1
    clone = cast.add(root.twin("克隆"))
    for node, days in ((root, 1), (clone, 2)):
        node.clock.move(days=days)
        node.do(freeze, local_text(utc_text(node.clock.now())))
    clone.sends(root)

    def asked(r, fact=""):
        return prize_list(r, worlds.load(r), number, fact)

    with pytest.raises(BadInput) as told:
        root.see(asked)
    assert (told.value.reason, "有 2 份" in told.value.sentence) == ("ambiguous_list", True)
    facts = [row[0] for row in root.see(lambda r: r.all("select fact from prize_lists where number = :n", n=number))]
    assert [root.see(asked, fact[:12]).fact for fact in facts] == facts
    with pytest.raises(NotFound):
        root.see(asked, "ffff")
    cases = root.see(lambda r: review_part(r, worlds.load(r), Span(unit_called(r, "35")), Asked(matter="two_lists"))).cases
    assert [(case.about, len(case.sides)) for case in cases] == [(f"第 {number} 号名单", 2)]


def test_the_page_of_a_number_that_two_lists_bear_asks_which(pages):
    import_csv(
        pages, "likes", "作品链接,标题,作者,单位,点赞数\nhttps://example.org/1,一,陈小红,3501-X0,300\n", read_at="2023-06-08T12:00"
    )
    for day in ("2023-06-09", "2023-06-10"):
        assert agree(pages, "/office/prizes/freeze", at=f"{day}T00:00").status_code == 303
    with pages.store.writing() as w:
        w.run("update prize_lists set number = 1")
    links = re.findall(r'href="(/office/prizes/1\?fact=[0-9a-f]{12})"', see(pages, "/office/prizes/1"))
    assert len(links) == 2
    assert all("陈小红" in see(pages, link) for link in links)
