"""What a check of the whole ledger finds in a data file that was tampered with or whose disk went bad."""

from __future__ import annotations

import sqlite3
from random import Random

import pytest

from campmgr.errors import CampError
from tests.kit.story import Node


@pytest.fixture
def county(cast) -> Node:
    """A root that carried a mark which a station had made, and erased somebody."""
    root, station = cast.root(), cast.new("站")
    root.adds("S1", "350102", "学校")
    root.enrols(station, "350103")
    ana, gone = root.joins("S1", "甲", "001"), root.joins("S1", "乙", "002")
    station.marks(ana, "V1")
    station.sends(root)
    root.erases(gone)
    assert root.see(lambda r: r.value("select count(*) from facts where kind = 'fact_carried'")) == 1
    assert root.problems == ()
    return root


def _change(node: Node, sql: str) -> None:
    """Write past the door, as a broken disk or a busy hand does."""
    node.close()
    connection = sqlite3.connect(node.path)
    assert connection.execute(sql).rowcount > 0
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("update facts set body = null, salt = null where kind = 'mark_recorded'", "缺少内容"),
        ("update facts set body = null, salt = null where kind = 'person_registered'", "缺少内容"),
        ("update facts set body = replace(body, 'V1', 'V2') where kind = 'mark_recorded'", "内容与摘要不符"),
        ("update facts set salt = 'no hex' where kind = 'mark_recorded'", "内容与摘要不符"),
        ("update facts set subject = 'person:1' where kind = 'mark_recorded'", "链值不符"),
        ("update facts set chain = 'no hex' where kind = 'mark_recorded'", "链值不符"),
        ("update facts set previous = 'no hex' where kind = 'mark_recorded'", "链值不符"),
        ("update facts set previous = chain, seq = seq where seq = 2", "链值不符"),
        ("delete from facts where kind = 'mark_recorded'", "缺失"),
        ("delete from facts where kind = 'person_erased'", "记录却缺失"),
        ("delete from seals where seq = (select max(seq) from seals)", "末尾没有封签"),
        ("update seals set signature = '00' where scope = 'public'", "封签无效"),
        ("update seals set suite = 'md5' where scope = 'public'", "封签无效"),
        ("update writer_keys set public = substr(public, 3) || '00'", "封签无效"),
    ],
)
def test_what_does_not_fit_is_named(county, sql, words):
    _change(county, sql)
    assert any(words in problem for problem in county.problems), county.problems


def test_a_carrier_whose_inside_was_changed_together_with_its_digest_is_named(county):
    """Whoever can write the file can mend a digest, but not the chain."""
    _change(county, "update facts set body = replace(body, 'V1', 'V2') where kind = 'fact_carried'")
    assert any("摘要" in problem for problem in county.problems)


@pytest.mark.drawn(whole=500, usual=25)
def test_flipped_bits_are_found_and_end_in_words(county, draws):
    dice = Random(11)
    county.close()
    honest, connection = county.path.read_bytes(), sqlite3.connect(county.path)
    rows = [row[0] for row in connection.execute("select rowid from facts where body is not null")]
    connection.close()
    for _ in range(draws):
        column, row = (
            dice.choice(("scope", "writer", "kind", "subject", "recorded_at", "digest", "chain", "salt", "body")),
            dice.choice(rows),
        )
        county.path.write_bytes(honest)
        _flip_bit(county, column, row, dice)
        try:
            found = county.problems
        except CampError as problem:
            found = (problem.sentence,)
        county.close()
        assert found, (column, row)


def _flip_bit(node: Node, column: str, row: int, dice: Random) -> None:
    connection = sqlite3.connect(node.path)
    found = connection.execute(f"select cast({column} as blob) from facts where rowid = ?", (row,))  # noqa: S608
    data = bytearray(found.fetchone()[0])
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    connection.execute(f"update facts set {column} = cast(? as text) where rowid = ?", (bytes(data), row))  # noqa: S608
    connection.commit()
    connection.close()
