"""What a search costs among a million people: the first one after the data file was opened, and those that follow."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

from campmgr.areas.people.fold.searching import words_of
from campmgr.areas.people.queries.roster import search
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.ids import random_token
from campmgr.store.door import Store, Writer
from campmgr.wording import name_key
from tests.bench.figures import Figure, of_limit
from tests.bench.made_camp import NOW, open_made

LIMIT_MS = 50
_QUERIES = ("陈雨", "王", "zhangw", "lxm", "N0012", "4711", "13800654321")
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰涛明超霞平刚桂红雨梓涵欣怡浩宇轩子诗语嘉佳思琪晨曦文博志鹏建国海燕玉兰春梅小婷雪"
_RUN = 20_000
_SCHOOLS_OF = 200_000
"""So many people's schools are enough: where somebody is at home costs the same among a thousand units as among five thousand."""


def searching(folder: Path, count: int) -> Iterator[Figure]:
    """Two rows, in the processor's milliseconds: the dearest first call, each in a program of its own, and the dearest later."""
    path = folder / "searched.sqlite"
    _fill(path, count)
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as programs:
        taken = {query: programs.submit(_asked, path, query).result() for query in _QUERIES}
    for words, at in (("the first", 0), ("a later one", 1)):
        took, query = max((each[at], query) for query, each in taken.items())
        yield of_limit(f"searching {count:,} people, {words}: {query}", took, LIMIT_MS, "ms")


def _asked(path: Path, query: str) -> tuple[float, float]:
    """How long the first search after opening takes, and the median of nine that follow."""
    store = Store(path, CATALOGUE, FixedClock(NOW))
    with store.reading() as r:
        world = worlds.load(r)
        root = next(unit.unit for unit in world.tree.units.values() if unit.code == "35")
    taken = []
    for _ in range(10):
        begun = time.process_time()
        with store.reading() as r:
            search(r, world, root, query)
        taken.append((time.process_time() - begun) * 1000)
    store.close()
    return taken[0], statistics.median(taken[1:])


def _fill(path: Path, count: int) -> None:
    """People with names as they are, and nothing else about them: their rows and words alone are looked at."""
    store, dice = open_made(path, _SCHOOLS_OF), Random(count)
    with store.reading() as r:
        homes = [row[0] for row in r.all("select unit from units where kind = '学校' order by unit")]
    for start in range(0, count, _RUN):
        with store.writing(alone=True) as w:
            _add(w, homes, dice, range(start, min(start + _RUN, count)))
    store.empty_log()
    store.close()


def _add(w: Writer, homes: list[str], dice: Random, numbers: range) -> None:
    told = []
    for n in numbers:
        name = dice.choice(_FAMILY) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2))))
        told.append((f"{n:032x}", name, f"N{n:08d}", f"138{n:08d}"))
    w.many(
        "insert into people values (?, ?, '学校师生', ?, ?, ?, '三年级1班', ?, '', 1, 0, ?, '2023-06-01', 800, 1, 1, 1, 0, '[]', '[]')",
        ((person, homes[n % len(homes)], number, name, name_key(name), phone, random_token())
         for n, (person, name, number, phone) in zip(numbers, told, strict=True)),
    )  # fmt: skip
    w.many("insert into person_words values (?, ?)", (row for each in told for row in words_of(*each)))
