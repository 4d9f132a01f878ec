"""Flags in the office: two readings with a fall and equal counts, decided one by one, and the log that says who and why."""

from __future__ import annotations

import html
import re

import pytest
from flask import g

from tests.kit.desk_story import undone
from tests.kit.office import hidden, import_csv, rows, see, send

HEAD = "作品链接,标题,作者,单位,点赞数,播放数\n"


def sheet(counts: dict[str, int], plays: dict[str, int] | None = None) -> str:
    return HEAD + "".join(
        f"https://example.org/{name},{name},作者{name},3501-X1,{likes},{(plays or {}).get(name, '')}\n"
        for name, likes in counts.items()
    )


@pytest.fixture
def fallen(pages):
    """Three works; 甲 fell, 乙 has more likes than plays, 丙 is as it should be."""
    import_csv(pages, "likes", sheet({"甲": 3000, "乙": 800, "丙": 700}), read_at="2023-06-08T12:00")
    import_csv(pages, "likes", sheet({"甲": 2000, "乙": 900, "丙": 760}, {"乙": 600}), read_at="2023-06-09T12:00")
    return pages


def flags(text: str) -> list[tuple[str, str, str]]:
    """(work, case, sentence) of every flag on a page."""
    found = re.findall(r'name="work" value="(\w+)"><input type="hidden" name="case" value="([^"]+)"', text)
    sentences = re.findall(r"</small></p>\s*<p>(.*?)</p>", text)
    return [(work, html.unescape(case), sentence) for (work, case), sentence in zip(found, sentences, strict=False)]


def decide(pages, which: int, answer: str, reason: str):
    work, case, _ = flags(see(pages, "/office/works/flags"))[which]
    return send(pages, "/office/works/flags", work=work, case=case, answer=answer, reason=reason)


def standing(pages) -> list[str]:
    return [row[2] for row in rows(see(pages, "/office/prizes/"))]


def test_flags_say_why_and_take_nothing_off_the_list(fallen):
    text = see(fallen, "/office/works/flags")
    assert sorted(sentence for _, _, sentence in flags(text)) == [
        "06月09日 播放 600、点赞 900：每千次播放 1,500 赞，高于 500。",
        "比上次少 1,000：06月08日 为 3,000，06月09日 为 2,000。",
    ]
    assert standing(fallen) == ["甲", "乙", "丙"]


def test_a_flag_that_is_fine_is_not_asked_again(fallen):
    assert decide(fallen, 0, "fine", "平台清理了异常点赞").status_code == 303
    assert len(flags(see(fallen, "/office/works/flags"))) == 1
    assert "已处理：平台清理了异常点赞" in see(fallen, "/office/works/flags?seen=settled")
    assert standing(fallen) == ["甲", "乙", "丙"]
    assert rows(see(fallen, "/office/works/decisions"))[0][3:5] == ["平台清理了异常点赞", "root"]


def test_a_work_is_taken_out_with_a_reason_and_in_again(fallen):
    at = next(n for n, flag in enumerate(flags(see(fallen, "/office/works/flags"))) if "播放" in flag[2])
    answer = decide(fallen, at, "out", "刷量")
    assert "乙：已取消资格，这件作品的其他标记一并处理了" in see(fallen, answer.location)
    assert standing(fallen) == ["甲", "丙"]
    log = rows(see(fallen, "/office/works/decisions"))
    assert [row[1:5] for row in log] == [["取消资格", "—", "刷量", "root"], ["看过标记", "赞播比异常", "刷量", "root"]]
    work = re.findall(r'href="(/office/works/[0-9a-f]{32})"', see(fallen, "/office/works/?state=out"))[0]
    assert send(fallen, f"{work}/judge", counts="yes", reason="申诉成立").status_code == 303
    assert standing(fallen) == ["甲", "乙", "丙"]
    assert rows(see(fallen, "/office/works/decisions"))[0][1:4] == ["恢复资格", "—", "申诉成立"]


def test_pressing_twice_decides_once(fallen):
    work, case, _ = flags(see(fallen, "/office/works/flags"))[0]
    answers = [send(fallen, "/office/works/flags", work=work, case=case, answer="out", reason="刷量") for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 409]
    assert "刚才已经处理过" in answers[1].text
    assert len([row for row in rows(see(fallen, "/office/works/decisions")) if row[1] == "取消资格"]) == 1


def test_a_decision_is_taken_back_in_one_press(fallen):
    at = next(n for n, flag in enumerate(flags(see(fallen, "/office/works/flags"))) if "播放" in flag[2])
    assert undone(fallen, decide(fallen, at, "out", "刷量"), "root").status_code == 303
    assert standing(fallen) == ["甲", "乙", "丙"]
    assert len(flags(see(fallen, "/office/works/flags"))) == 2


def test_all_flags_of_one_reading_are_answered_together_as_many_as_were_shown(fallen):
    import_csv(fallen, "likes", sheet({"甲": 1000, "乙": 500, "丙": 300}), read_at="2023-06-09T18:00")
    text = see(fallen, "/office/works/flags")
    assert "这 3 件都没有问题" in text
    event = {
        "matter": hidden(text, "matter"),
        "read_at": hidden(text, "read_at"),
        "shown": hidden(text, "shown"),
        "reason": "平台清理",
    }
    import_csv(fallen, "likes", HEAD + "https://example.org/丁,丁,作者丁,3501-X1,90,\n", read_at="2023-06-08T12:00")
    import_csv(fallen, "likes", HEAD + "https://example.org/丁,丁,作者丁,3501-X1,40,\n", read_at="2023-06-09T18:00")
    stale = send(fallen, "/office/works/flags/event", **event)
    assert (stale.status_code, "这 4 件都没有问题" in stale.text) == (409, True)
    before = len(flags(see(fallen, "/office/works/flags")))
    done = send(fallen, "/office/works/flags/event", **event | {"shown": hidden(stale.text, "shown")})
    assert done.status_code == 303
    assert len(flags(see(fallen, "/office/works/flags"))) == before - 4
    undone(fallen, done, "root")
    assert len(flags(see(fallen, "/office/works/flags"))) == before


def test_a_decision_needs_a_reason_and_an_answer(fallen):
    work, case, _ = flags(see(fallen, "/office/works/flags"))[0]
    for wrong in ({"answer": "out", "reason": ""}, {"answer": "maybe", "reason": "试"}, {"answer": "out", "reason": "长" * 201}):
        answer = send(fallen, "/office/works/flags", work=work, case=case, **wrong)
        assert (answer.status_code, 'class="error"' in answer.text) == (422, True)
    assert send(fallen, "/office/works/flags", work="none", case=case, answer="out", reason="试").status_code == 404
    assert standing(fallen) == ["甲", "乙", "丙"]


def test_a_corrected_count_takes_the_flag_away(fallen):
    import_csv(fallen, "likes", sheet({"甲": 3100}), read_at="2023-06-09T12:00")
    assert [sentence[:9] for _, _, sentence in flags(see(fallen, "/office/works/flags"))] == ["06月09日 播放"]


def test_the_filters(fallen):
    assert len(flags(see(fallen, "/office/works/flags?matter=fall"))) == 1
    assert len(flags(see(fallen, "/office/works/flags?matter=nonsense&page=x&listed=1"))) == 2
    send(fallen, "/office/rules/ranking.length", value="1", reason="试")
    assert [sentence[:4] for _, _, sentence in flags(see(fallen, "/office/works/flags?listed=1"))] == ["比上次少"]


def test_the_limits_are_settings(fallen):
    send(fallen, "/office/rules/anomalies.ratio_most", value="2000", reason="平台说明")
    assert len(flags(see(fallen, "/office/works/flags"))) == 1


def test_more_flags_ask_no_more_queries(pages):
    def queries(path: str) -> int:
        browser = pages.browser("root")
        browser.get(path)
        with browser:
            assert browser.get(path).status_code == 200
            return g.queries

    import_csv(pages, "likes", sheet({"甲": 3000}, {"甲": 100}), read_at="2023-06-08T12:00")
    decide(pages, 0, "fine", "试")
    import_csv(pages, "likes", sheet({"甲": 2000}, {"甲": 10_000}), read_at="2023-06-09T11:00")
    paths = ("/office/works/flags", "/office/works/decisions")
    few = [queries(path) for path in paths]
    import_csv(pages, "likes", sheet({"甲": 1000, "乙": 900, "丙": 800}, {"乙": 1, "丙": 2}), read_at="2023-06-09T12:00")
    assert [queries(path) for path in paths] == few
    assert len(flags(see(pages, "/office/works/flags"))) == 4
