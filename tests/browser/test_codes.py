"""The scripts that read codes without a server find in every dressing what the program finds in it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from campmgr.areas.certificates.files.checker_file import checker_file
from campmgr.areas.certificates.proof.statement import scanned
from campmgr.areas.hours.queries.station import tidy_scan
from campmgr.facts import world as worlds
from campmgr.ids import certificate_number, person_code
from campmgr.typed_codes import certificate_number_in, person_code_alone_in, person_code_in, tidied
from tests.kit.dressed_codes import DRESSINGS, dressed

_TABLE = """async ([path, names, texts]) => {
    const read = await import(path);
    return names.map((name) => texts.map((text) => read[name](text)));
}"""


def _texts(seed: str) -> list[str]:
    """Genuine codes of both sorts, dressed; some with a wrong character, two in one text, and what holds none."""
    dice, texts = random.Random(seed), []
    for _ in range(6):
        number, card = certificate_number(str(dice.random()), "p", 1), person_code(str(dice.random()))
        texts += [*dressed(dice, number), *dressed(dice, card), f"{number} {card}", f"{number}{number}", f"{card} 和 {card}"]
        for code in (number, card):
            at = dice.choice([place for place, each in enumerate(code) if each != "-"])
            wrong = code[:at] + dice.choice("23456789") + code[at + 1 :]
            texts += [dressing.format(wrong) for dressing in DRESSINGS]
            texts += [f"X{code}", f"{code}9", f"00{code}", f"{code[:8]} {code[8:]}", code[1:], f"x-{code}-y", code[::-1]]
    return [
        *texts,
        "",
        " ",
        "B-001",
        "编号：００７",
        "ABCD",
        "G350102200901011234",
        "证" * 16,
        "-" * 16,
        "O" * 300,
        "王小明",
        "]Q3",
        "A-" * 40,
    ]


@pytest.mark.parametrize("seed", ["one", "other"])
def test_the_stations_script_finds_what_the_program_finds(visit, seed):
    page, texts = visit("nobody"), _texts(seed)
    page.goto("/login")
    found = page.evaluate(
        _TABLE, ["/static/station/codes_in.js", ["tidied", "personCodeIn", "personCodeAloneIn", "certificateNumberIn"], texts]
    )
    said = [[find(text) for text in texts] for find in (tidied, person_code_in, person_code_alone_in, certificate_number_in)]
    assert [_differing(texts, *both) for both in zip(found, said, strict=True)] == [[]] * 4
    (kept,) = page.evaluate(_TABLE, ["/static/station/codes.js", ["tidy"], texts])
    assert _differing(texts, kept, [tidy_scan(text) for text in texts]) == []


def test_the_checker_from_a_stick_finds_what_the_program_finds(visit, served, tmp_path):
    with served.store.reading() as r:
        (tmp_path / "checker.html").write_bytes(checker_file(r, worlds.load(r)))
    page, texts = visit("nobody"), _texts("stick")
    page.goto((tmp_path / "checker.html").as_uri())
    found = page.evaluate("(texts) => texts.map((text) => Forms.scanned(text))", texts)
    said = [(number[:60], code) for number, code in map(scanned, texts)]
    assert _differing(texts, [(each["number"], each["code"]) for each in found], said) == []


def _differing(texts: list[str], found: Sequence[object], said: Sequence[object]) -> list[tuple[object, ...]]:
    return [each for each in zip(texts, found, said, strict=True) if each[1] != each[2]]
