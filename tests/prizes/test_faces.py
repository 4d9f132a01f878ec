"""The three faces of a frozen list, equal on every node that holds its facts; the public one says nothing it must not say."""

from __future__ import annotations

import zipfile
from dataclasses import fields

import pytest

from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.prizes.actions.amending import amend
from campmgr.areas.prizes.actions.freezing import freeze, verify
from campmgr.areas.prizes.actions.publicity import answer, object_to, post
from campmgr.areas.prizes.files.faces import FACES, prize_paper
from campmgr.areas.prizes.queries.prizes import prize_list
from campmgr.areas.prizes.queries.publicity import PUBLIC_COLUMNS, PublicRow
from campmgr.areas.works.actions.works import Reading, judge, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.press import Press
from campmgr.ids import person_code
from tests.kit.story import Node

WINNERS = (
    ("350102", "欧阳晓光", "X-0017", "13800001111", "三年二班", 900, "逃生口诀 联系 13800001111"),
    ("350203", "林=1+1", "X-0018", "13800002222", "五年一班", 800, "=HYPERLINK(楼道)"),
    ("350102", "王𠮷吉", "X-0019", "13800003333", "教师", 700, "王𠮷吉拍的演练"),
)

_NEVER_PUBLIC = ("身份证号", "家庭住址", "手机号", "出生日期", "银行卡号", "编号", "编码", "班级")


@pytest.fixture
def root(cast) -> Node:
    """The camp's root with a frozen list of three, from which the second work went after an objection."""
    node = cast.root(at="2023-07-03T09:00")
    works = [_winner(node, *each) for each in WINNERS]
    node.do(freeze, "2023-07-01T00:00")
    node.do(post, 1)
    objection = node.do(object_to, 1, "第2名的作品是搬运的", work=works[1], way="来信").chain
    author = node.see(people_by_id, [node.see(lambda r: r.value("select person from works where work = :w", w=works[1]))])
    node.do(judge, works[1], next(iter(author.values())), counts=False, reason="搬运他人作品")
    node.do(answer, 1, objection, upheld=True, words="成立，已更正")
    node.do(amend, 1, "异议成立，取消一件作品", objection=objection)
    return node


def _winner(node: Node, unit: str, name: str, number: str, phone: str, class_name: str, likes: int, title: str) -> str:
    person = node.do(people.register, Registration(unit, name, number, class_name, phone))
    work = Work(title, link=f"https://example.org/{number}", account="个人号")

    home = node.unit(unit)

    def hand_in(w):
        key = work_id(w.meta("campaign"), work)
        reading = reading_draft(home, key, Reading("2023-06-30T10:00:00Z", likes))
        say(w, [work_draft(w.meta("campaign"), work, person, home, "2023-06-10"), reading])
        return key

    return node.do(hand_in)


def _paper(node: Node, face: str) -> Paper:
    return node.see(lambda r: prize_paper(r, worlds.load(r), prize_list(r, worlds.load(r), 1), face))


def _texts(paper: Paper) -> str:
    said = [paper.footer]
    for part in paper.parts:
        said += [part.tab, part.title, *map(str, (*part.above, *part.below)), *(column.heading for column in part.columns)]
        said += [str(value) for group in part.groups for row in group.rows for value in (*row, group.closing)]
    return "\n".join(said)


def test_the_public_face_says_what_it_may_and_nothing_else(root, tmp_path):
    paper = _paper(root, "public")
    (part,) = paper.parts
    assert tuple(column.heading for column in part.columns) == PUBLIC_COLUMNS
    assert len(fields(PublicRow)) == len(PUBLIC_COLUMNS)
    assert [row[1:4] for group in part.groups for row in group.rows] == [
        ("欧阳*光", "逃生口诀 联系 ***********", 900), ("王*吉", "王*吉拍的演练", 700)]  # fmt: skip
    write_paper(tmp_path / "public.xlsx", paper)
    with zipfile.ZipFile(tmp_path / "public.xlsx") as archive:
        everything = _texts(paper) + "".join(archive.read(name).decode() for name in archive.namelist())
    secrets = [each for winner in WINNERS for each in winner[1:5]]
    people = [person_code(row[1]) for row in root.see(lambda r: prize_list(r, worlds.load(r), 1)).ids]
    assert [each for each in (*secrets, *people, *_NEVER_PUBLIC) if each in everything] == []
    assert "公示时间：2023年7月3日（周一） 至 2023年7月7日（周五）（5 个工作日）。" in part.below
    assert any("本名单已包含更正：第 1 号" in line for line in part.above)


def test_the_handout_face_has_telephones_and_a_page_for_each_city(root):
    (part,) = _paper(root, "handout").parts
    assert [group.closing.split("：")[0] for group in part.groups] == ["福州市小计"]
    assert [(row[1], row[3], row[5]) for row in part.groups[0].rows] == [
        ("欧阳晓光", "13800001111", ""), ("王𠮷吉", "13800003333", "")]  # fmt: skip
    assert next(column for column in part.columns if column.heading == "手机号").sort == "code"


def test_the_archive_face_tells_everything_the_list_rests_on(root):
    paper = _paper(root, "archive")
    assert [part.tab for part in paper.parts] == ["名单", "定榜原样", "更正", "未列入", "公示与异议", "依据"]
    frozen, said = root.see(lambda r: prize_list(r, worlds.load(r), 1)), _texts(paper)
    for each in (frozen.digest, frozen.digest_now, frozen.fact, "成立，已更正", "异议成立，取消一件作品", "=HYPERLINK(楼道)"):
        assert each in said
    assert [len(part.groups[0].rows) for part in paper.parts[:2]] == [2, 3]


@pytest.mark.parametrize("face", FACES)
def test_every_face_is_byte_equal_each_time_and_on_another_node(cast, root, tmp_path, face):
    other = cast.new("另一台", at="2023-07-04T09:00")
    root.enrols(other, "35")
    assert other.see(verify, 1).equal
    made = []
    for place, node in enumerate((root, root, other)):
        paper = _paper(node, face)
        write_paper(tmp_path / f"{place}.xlsx", paper)
        made.append(((tmp_path / f"{place}.xlsx").read_bytes(), paper_pdf(Press(), paper)))
        node.clock.move(hours=5)
    assert made[0] == made[1] == made[2]


def test_once_it_was_taken_down_no_public_copy_is_made(root):
    root.clock.move(days=5)
    with pytest.raises(Refused) as refused:
        _paper(root, "public")
    assert refused.value.reason == "list_taken_down"
    assert _paper(root, "archive").parts
