"""Counts worth a look: what is flagged, with which words, and what is not."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.rules.anomalies import Flag, ReadCount, find_flags
from campmgr.areas.works.settings import Anomalies

LIMITS = CATALOGUE.book.preset("escape-drill-2023")[Anomalies]


def at(day: int) -> str:
    return f"2023-06-{day:02}T10:00:00Z"


def series(*likes: int, **more: bool) -> list[ReadCount]:
    """Readings a day apart from the first of June."""
    return [ReadCount(at(day), count, **more) for day, count in enumerate(likes, 1)]


def flags(works: dict[str, list[ReadCount]], cut_off: str = "", **limits: int) -> list[Flag]:
    return find_flags(replace(LIMITS, **limits), cut_off, works.items())


def told(works: dict[str, list[ReadCount]], cut_off: str = "", **limits: int) -> list[tuple[str, str]]:
    return [(flag.work, flag.matter) for flag in flags(works, cut_off, **limits)]


def test_a_fall_is_flagged_with_both_counts():
    (flag,) = flags({"a": series(1500, 1200, 1300)})
    assert (flag.work, flag.matter, flag.read_at) == ("a", "fall", at(2))
    assert flag.sentence == "比上次少 300：06月01日 为 1,500，06月02日 为 1,200。"


def test_two_readings_of_one_day_are_told_with_their_times():
    (flag,) = flags({"a": [ReadCount("2023-06-01T10:00:00Z", 29_000), ReadCount("2023-06-01T12:30:00Z", 20_127)]})
    assert flag.sentence == "比上次少 8,873：06月01日 18:00 为 29,000，06月01日 20:30 为 20,127。"


def test_rounding_is_no_fall():
    first, second = ReadCount(at(1), 12_345), ReadCount(at(2), 12_000, rounded=True)
    assert told({"a": [first, second]}) == []
    assert told({"a": [first, second._replace(rounded=False)]}) == [("a", "fall")]
    assert told({"a": [first, second._replace(likes=11_000)]}) == [("a", "fall")]


def test_a_round_number_hides_no_fall():
    six = ReadCount(at(1), 60_000, rounded=True)
    assert told({"a": [six, ReadCount(at(2), 58_000)]}) == [("a", "fall")]
    assert told({"a": [six, ReadCount(at(2), 58_000, rounded=True)]}) == [("a", "fall")]
    assert told({"a": [six, ReadCount(at(2), 59_000, rounded=True)]}) == []  # 59,500 and 59,499 are shown so
    assert told({"a": [six, ReadCount(at(2), 59_600)]}) == []
    assert told({"a": [ReadCount(at(1), 120_000_000, rounded=True), ReadCount(at(2), 115_000_000)]}) == []


def test_a_lower_bound_is_told_as_one_and_never_a_fall():
    (flag,) = flags({"a": [ReadCount(at(1), 123_456), ReadCount(at(2), 100_000, at_least=True)]})
    assert (flag.matter, flag.sentence) == (
        "lower_bound", "平台只显示“10万+”，按 100,000 排名，实际可能更多；影响名次时请向平台核实。",
    )  # fmt: skip
    assert told({"a": [ReadCount(at(1), 100_000, at_least=True), ReadCount(at(2), 123_456)]}) == []
    assert told({"a": [ReadCount(at(1), 100_000, at_least=True), ReadCount(at(2), 98_000)]}) == [("a", "fall")]


def test_a_jump_beyond_its_own_history_needs_a_history():
    steady = series(1000, 1010, 1022, 1031)
    assert told({"a": [*steady, ReadCount(at(5), 1600)]}) == [("a", "jump")]
    assert told({"a": [*steady[1:], ReadCount(at(5), 1600)]}) == []
    assert told({"a": [*steady, ReadCount(at(5), 1500)]}) == []  # less than the least rise that is looked at
    (flag,) = flags({"a": [*steady, ReadCount(at(6), 3000)]})
    assert flag.sentence == "每天增加 984，此前 3 次每天增加的中位数是 10：06月04日 为 1,031，06月06日 为 3,000。"


def test_a_work_that_always_rises_fast_does_not_jump():
    assert told({"a": series(1000, 3100, 5000, 7200, 9300, 11_800)}) == []


def peers(many: int, chance: random.Random) -> dict[str, list[ReadCount]]:
    made = {}
    for number in range(many):
        first = chance.randint(50, 5000)
        made[f"w{number:03}"] = series(first, first + first * chance.randint(5, 25) // 100)
    return made


def test_a_jump_beyond_its_peers():
    works = peers(60, random.Random(1)) | {"z": series(1000, 4000)}
    (flag,) = flags(works)
    assert (flag.work, flag.matter) == ("z", "jump")
    assert "同期 61 件作品增长的中位数是" in flag.sentence
    assert "增长 272%" in flag.sentence  # 3,000 more on 1,000, and a hundred beside so that small counts do not shout
    few = dict(list(works.items())[-10:])
    assert told(few) == []


def test_a_small_work_that_doubles_is_no_jump():
    assert told(peers(60, random.Random(2)) | {"z": series(3, 300)}) == []


def test_several_giants_do_not_hide_one_another():
    works = peers(60, random.Random(3)) | {f"z{number}": series(2000 + number, 9000 + 37 * number) for number in range(5)}
    assert told(works) == [(f"z{number}", "jump") for number in range(5)]


def test_likes_for_plays_outside_the_usual():
    def work(likes: int, plays: int | None) -> dict[str, list[ReadCount]]:
        return {"a": [ReadCount(at(1), likes, plays)]}

    assert told(work(400, 1000)) == []
    assert told(work(400, None)) == []
    assert told(work(90, 10)) == []  # too few likes to look at
    (flag,) = flags(work(600, 1000))
    assert flag.sentence == "06月01日 播放 1,000、点赞 600：每千次播放 600 赞，高于 500。"
    assert "没有播放却有点赞" in flags(work(600, 0))[0].sentence
    assert told(work(100, 1_000_000)) == []
    assert "低于 5" in flags(work(100, 1_000_000), ratio_least=5)[0].sentence


def test_equal_counts_in_one_reading():
    works = {f"w{number}": [ReadCount(at(1), 3966)] for number in range(6)} | {"z": [ReadCount(at(1), 3967)]}
    assert told(works) == [(f"w{number}", "same_count") for number in range(6)]
    assert "与另外 5 件作品完全相同" in flags(works)[0].sentence
    assert told(dict(list(works.items())[:4])) == []
    rounded = {work: [count._replace(rounded=True) for count in some] for work, some in works.items()}
    assert told(rounded) == []


def test_equal_counts_in_a_crowd_are_chance():
    crowd = {f"w{number}": [ReadCount(at(1), 1000 + number % 100)] for number in range(600)}
    assert told(crowd) == []


def test_the_same_rise_for_several_works():
    works = {f"w{number}": series(3000 + 90 * number, 4000 + 90 * number) for number in range(6)}
    assert {matter for _, matter in told(works)} == {"same_rise"}
    assert flags(works)[0].sentence.startswith("恰好增加 1,000，与另外 5 件作品完全相同")


def test_the_same_step_again_and_again_is_one_flag():
    (flag,) = flags({"a": series(10, 20, 30, 40, 50, 60)})
    assert (flag.matter, flag.sentence) == ("equal_steps", "连续 5 次都恰好增加 10，从 06月01日 到 06月06日。")
    assert told({"a": series(10, 20, 30, 40, 51)}) == []
    assert told({"a": series(10, 10, 10, 10, 10, 10)}) == []
    longer = flags({"a": series(10, 20, 30, 40, 50, 60, 70)})
    assert [each.case for each in longer] == [flag.case]


def test_a_work_first_read_after_the_cut():
    late = {"a": series(10, 20), "b": [ReadCount(at(9), 5)]}
    assert told(late, at(5)) == [("b", "late")]
    assert told(late) == []


def test_a_corrected_count_is_another_case():
    one, other = flags({"a": series(1500, 1200)}), flags({"a": series(1500, 1100)})
    assert one[0].case != other[0].case


counts = st.builds(
    ReadCount, st.sampled_from([at(day) for day in range(1, 6)]), st.integers(0, 3000), st.none() | st.integers(0, 5000),
                   st.booleans(), st.booleans())  # fmt: skip
histories = st.lists(counts, max_size=5, unique_by=lambda count: count.read_at).map(sorted)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), histories, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_works_never_matters_and_every_flag_names_its_case(works, chance):
    mixed = list(works.items())
    chance.shuffle(mixed)
    found = find_flags(replace(LIMITS, peers_least=5, same_works=2, same_least_likes=1, jump_least=1), at(2), mixed)
    assert found == find_flags(replace(LIMITS, peers_least=5, same_works=2, same_least_likes=1, jump_least=1), at(2), works.items())
    assert len({(flag.work, flag.case) for flag in found}) == len(found)
    assert all(flag.sentence.endswith("。") and flag.work in works for flag in found)
