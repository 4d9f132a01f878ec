"""What a work as written down must have, titles of mails, and how votes weigh: the worked examples of both notices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.rules.agreements import Agreed, statements_of
from campmgr.areas.entries.rules.batch import file_name, mail_text, mail_titles
from campmgr.areas.entries.rules.checking import check, check_attached
from campmgr.areas.entries.rules.entry import Attached, judge_entry
from campmgr.areas.entries.rules.probes import Probe
from campmgr.areas.entries.rules.votes import blended
from campmgr.areas.entries.settings import Entries
from campmgr.areas.whole import CATALOGUE

COLLECTION = CATALOGUE.activity_rules("works-collection-2023")
CONTEST = CATALOGUE.activity_rules("video-contest-2024")
BLANK = {each.name: each.blank for each in ENTRIES.fields}
PICTURE = BLANK | {
    "title": "守夜", "class": "图片类", "sub": "海报", "theme": "安全宣传和应急科普", "created_on": "2023-06-01",
    "published_on": "2023-06-10", "link": "https://example.org/1", "words": "夜班的人",
}  # fmt: skip
VIDEO = BLANK | {"title": "车间", "class": "音视频类", "theme": "数智赋能", "entrant": "工业企业"}


def refused(values, rules=COLLECTION, on: str = "2023-06-29") -> dict[str, str]:
    return {each.rule: each.found for each in judge_entry(values, (), agreed(rules), rules, on) if each.level == "refuse"}


def agreed(rules, but: int = 0, version: str = "1") -> list[Agreed]:
    """All texts of a call agreed to, but for that of a number."""
    return [Agreed(each.id, version, "") for each in statements_of(rules[Entries]) if each.number != but]


def promises(known):
    return [each for each in judge_entry(PICTURE, (), known, COLLECTION, "2023-06-29") if each.rule == "stated"]


def test_each_text_that_was_not_agreed_to_is_named_by_its_number_and_words():
    """E-16, H-13 to H-15: text by text, in today's version."""
    (less,) = promises(agreed(COLLECTION, but=2))
    assert (less.rule, less.level, less.found) == ("stated", "refuse", "还差 1 项（共 2 项）")
    assert less.wanted == "1 版：2. 创作者（团队）对作品享有完整著作权；联合版权的已在作品说明中备注"
    (older,) = promises(agreed(COLLECTION, version="0"))
    assert older.found == "还差 2 项（共 2 项）"


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({}, set()),
        ({"created_on": "2022-12-31"}, {"created"}),
        ({"created_on": "2023-12-31", "published_on": "2023-06-29"}, set()),
        ({"published_on": "2023-07-02"}, {"published"}),
        ({"published_on": ""}, {"published"}),
        ({"link": ""}, {"link"}),
        ({"sub": "短视频"}, {"sub"}),
        ({"theme": "绿色低碳"}, {"theme"}),
        ({"also": "大安全大应急框架"}, {"also"}),
        ({"words": ""}, {"words"}),
        ({"joint": True}, {"joint"}),
        ({"joint": True, "note": "与某电视台联合"}, set()),
        ({"class": "音视频类", "sub": "Vlog", "words": ""}, {"words"}),
        ({"class": "互动类", "sub": "H5"}, {"poster"}),
    ],
)
def test_a_work_of_the_collection(changed, rules):
    assert set(refused(PICTURE | changed)) == rules


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({}, set()),
        ({"also": "绿色低碳、高端升级"}, set()),
        ({"also": "节能"}, {"also"}),
        ({"entrant": ""}, {"entrant"}),
        ({"class": "图片类"}, {"class"}),
        ({"theme": ""}, {"theme"}),
    ],
)
def test_a_work_of_the_contest(changed, rules):
    assert set(refused(VIDEO | changed, CONTEST)) == rules


POSTER = Probe("海报.png", bytes=576_529, container="PNG", width=1280, height=900)


@pytest.mark.parametrize(
    ("role", "probe", "rules"),
    [
        ("海报", POSTER, set()),  # a size is asked of works alone
        ("海报", replace(POSTER, trouble="cut"), {"files"}),
        ("海报", replace(POSTER, container="MP4"), {"files"}),
        ("海报", Probe("海报.zip", bytes=9, trouble="unknown"), {"files"}),
        ("脚本", Probe("脚本.docx", bytes=9_000, trouble="unknown"), {"poster"}),  # of any program
        ("脚本", Probe("脚本.docx", trouble="empty"), {"poster", "files"}),
    ],
)
def test_a_file_is_judged_by_what_it_is_for(role, probe, rules):
    work = PICTURE | {"class": "互动类", "sub": "H5"}
    attached = [Attached(role, check_attached(probe, COLLECTION, role, "互动类"))]
    found = judge_entry(work, attached, agreed(COLLECTION), COLLECTION, "2023-06-29")
    assert {each.rule for each in found if each.level == "refuse"} == rules


def test_nobody_is_told_to_rename_what_must_be_exported_anew():
    told = check(Probe("a.jpg", bytes=1_200_000, container="HEIC"), COLLECTION, "图片类").findings
    assert [each.rule for each in told if each.fix] == ["format"]
    renamed = check(Probe("a.jpg", bytes=1_200_000, container="PNG", width=9, height=9), COLLECTION, "图片类").findings
    assert [each.fix for each in renamed if each.fix] == ["请把扩展名改成 .png。"]


def test_each_class_has_its_own_mail_and_title():
    titles = mail_titles(COLLECTION, ["音视频类", "图片类", "图片类"], "福建省应急管理厅")
    assert [each.title for each in titles] == [
        "【第四届新媒体作品征集】图片类+福建省应急管理厅",
        "【第四届新媒体作品征集】音视频类+福建省应急管理厅",
    ]
    plus = COLLECTION.with_change("batch.mail_title", "【第四届新媒体作品征集】+{类型}+{单位}")
    assert mail_titles(plus, ["互动类"], "甲局")[0].title == "【第四届新媒体作品征集】+互动类+甲局"
    one = COLLECTION.with_change("batch.mail_mixed", "one")
    assert [each.title for each in mail_titles(one, ["图片类", "互动类"], "甲局")] == [
        "【第四届新媒体作品征集】图片类、互动类+甲局"
    ]
    alias = COLLECTION.with_change("batch.mail_classes", "图片类、视频类、互动类")
    assert mail_titles(alias, ["音视频类"], "甲局")[0].title == "【第四届新媒体作品征集】视频类+甲局"
    assert mail_titles(COLLECTION, [], "甲局") == ()


def test_the_mail_names_what_is_sent_and_the_password():
    text = mail_text(COLLECTION, "甲局", "2023年第二季度", [("图片类", 2)], "https://pan.example.org/s/1", "ab12")
    assert "共图片类 2 件" in text
    assert "https://pan.example.org/s/1　提取码：ab12" in text
    assert "见附件" in mail_text(COLLECTION, "甲局", "2023年第二季度", [("图片类", 2)], "", "")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ((1, "守夜", ".JPG", 1), "01-守夜.jpg"),
        ((12, "a/b:c?", ".mp4", 2), "12-2-a_b_c_.mp4"),
        ((3, " .. ", ".png", 1), "03-作品.png"),
        ((4, "长" * 300, ".png", 1), "04-" + "长" * 60 + ".png"),
    ],
)
def test_files_are_numbered_and_bear_no_sign_that_a_disk_refuses(asked, name):
    assert file_name(*asked) == name


def test_votes_and_experts_by_the_decided_weight():
    votes, experts = {"P": 5000, "Q": 2500, "R": 1000}, {"P": Decimal(80), "Q": Decimal(92), "R": Decimal(95)}

    def scores(percent: int, votes_as: str, of=votes) -> list[str]:
        return [str(score.quantize(Decimal("0.01"))) for score in blended(of, experts, percent, votes_as).values()]

    assert scores(20, "share_of_most") == ["84.00", "83.60", "80.00"]
    assert scores(0, "share_of_most") == ["80.00", "92.00", "95.00"]
    assert scores(20, "rank") == ["84.00", "83.60", "76.00"]
    del experts["P"]
    assert scores(20, "share_of_most", {"Q": 2500, "R": 1000}) == ["93.60", "84.00"]


def test_two_hundred_random_works_equal_a_sum_of_our_own():
    dice = Random(27)
    for percent in (0, 20, 35):
        votes = {f"w{number}": dice.randint(0, 9999) for number in range(200)}
        experts = {each: Decimal(dice.randint(0, 10_000)) / 100 for each in votes}
        found = blended(votes, experts, percent, "share_of_most")
        top = max(votes.values())
        for each, count in votes.items():
            exact = (Decimal(count) / top * percent) + experts[each] * (100 - percent) / 100
            assert abs(found[each] - exact) <= Decimal("0.00005")
        ranked = blended(votes, experts, 100, "rank")
        for each, count in votes.items():
            above = sum(1 for other in votes.values() if other > count)
            assert abs(ranked[each] - Decimal(199 - above) * 100 / 199) <= Decimal("0.00005")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("works.example.org/1", ""),
        ("例子.中国/a?b=1", ""),
        ("8.8.8.8:8080/a", ""),
        ("", "不完整"),
        ("[::1", "不完整"),
        ("example.org/a b", "不完整"),
        ("192.168.1.1/a", "内网"),
        ("10.0.0.8/a", "内网"),
        ("127.0.0.1:8321/", "内网"),
        ("[fd00::1]/", "内网"),
        ("localhost/a", "内网"),
        ("oa/notice", "内网"),
        ("files.lan/1", "内网"),
    ],
)
def test_a_link_leads_to_where_everybody_can_look(place, words):
    told = ENTRIES.refuse(PICTURE | {"link": f"https://{place}"})[1]
    assert (words in told) if words else told == ""


def test_a_link_is_one_of_the_web():
    assert "http://" in ENTRIES.refuse(PICTURE | {"link": "javascript:alert(1)"})[1]
