"""Made-up works and their like counts, read twice: participants' works by number, works of people who never joined by name."""

from __future__ import annotations

from random import Random

from tests.acceptance.made_people import Someone, name_of
from tests.acceptance.made_units import Homes
from tests.acceptance.sheets_written import Sheet, Value

FIRST_READ, SECOND_READ = "2023-06-20T18:00", "2023-06-30T18:00"
_HEADINGS = "作品链接 标题 作者 参与者编号 账号类型 点赞数 播放数 发布时间 单位".split()
_OUTSIDE_NAMES_FROM = 100_000


def make_likes(people: list[Someone], homes: Homes, random: Random, count: int) -> list[Sheet]:
    """`count` works in the first reading, the same and a tenth more in the second, most with more likes."""
    first = Sheet("likes", "likes-1.xlsx", _HEADINGS, read_at=FIRST_READ)
    second = Sheet("likes", "likes-2.xlsx", _HEADINGS, ["点赞数（截至6月30日18时）"], read_at=SECOND_READ)
    authors = [one for one in people if not one.shared]
    places = [None, "3501", "350128", homes.schools[0], homes.branches[0], homes.counties[3]]
    for index in range(count + count // 10):
        author = None if index % 10 == 3 else random.choice(authors[:count])
        cells = _work(index, author, random, places)
        likes = _likes(random)
        if index < count:
            first.good(*cells[:5], likes, *cells[6:])
        second.good(*cells[:5], random.choice([likes, _likes(random)]), *cells[6:])
        if index == count // 2:
            _bad_works(first, authors[0])
            _bad_works(second, authors[0])
    return [first, second]


def _work(index: int, author: Someone | None, random: Random, places: list[str | None]) -> list[Value]:
    link = f"https://example.org/v/{index:05d}"
    name = name_of(_OUTSIDE_NAMES_FROM + index) if author is None else author.name
    number = None if author is None else author.number
    unit = random.choice(places) if author is None else None
    return [
        link,
        f"逃生演练第{index}集",
        name,
        number,
        random.choice(["个人号", "官方号", None]),
        None,
        "10.5万",
        "2023-06-05",
        unit,
    ]


def _likes(random: Random) -> Value:
    """Few different values, as platforms round them, so that many stand equal."""
    ways: list[Value] = [f"{random.randint(10, 60) / 10}万", f"{random.randint(10, 40) / 10}w", "1.13万"]
    return random.choice([*ways, random.randint(0, 9) * 100, str(random.randint(0, 9) * 100)])


def _bad_works(sheet: Sheet, author: Someone) -> None:
    twice = sheet.rows[0]
    sheet.bad("repeated_row", *twice)
    sheet.bad("bad_number", "https://example.org/v/abc", "坏数", author.name, author.number, None, "abc", None, None, None)
    sheet.bad("missing_value", "https://example.org/v/none", "没有数", author.name, author.number, None, None, None, None, None)
    sheet.bad("unknown_unit", "https://example.org/v/far", "远方", "远方人", None, None, 5, None, None, "359999")
