"""Files drawn by a seed around every edge of both notices, and what each must be judged as, by a table of the notices alone.

`python -m tests.acceptance.media_table 500` judges so many and prints where the program differs.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from campmgr.areas.entries.files.probing import probe_file
from campmgr.areas.entries.rules.checking import check
from campmgr.areas.whole import CATALOGUE
from tests.kit.made_media import Film, filled, jpg, png, write_film

COLLECTION, CONTEST = "works-collection-2023", "video-contest-2024"
_EDGES = {COLLECTION: (None, Decimal(900)), CONTEST: (Decimal(60), Decimal(480))}
_GRACE = Decimal("0.06")
_SIZES = [
    (1920, 1080), (1080, 1920), (3840, 2160), (1280, 720), (1920, 804), (1440, 1080), (1920, 1088), (1916, 1080),
    (1900, 1080), (1944, 1080), (1080, 2340), (2048, 1080), (1079, 1920), (1939, 1080), (1938, 1080),
]  # fmt: skip
_BYTES = [0, 999_999, 1_000_000, 1_000_001, 3_000_000, 5_242_879, 5_242_880, 5_242_881]
_DISGUISES = {
    "zip": (b"PK\x03\x04" + bytes(2000), {"whole"}),
    "webp": (b"RIFF\0\0\0\0WEBPVP8 " + bytes(2_000_000), {"format"}),
    "avi": (b"RIFF\0\0\0\0AVI LIST" + bytes(3000), {"container", "whole"}),
    "mkv": (b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska" + bytes(3000), {"container", "whole"}),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A file under a preset, and the rules by which it must be refused."""

    path: Path
    preset: str
    refused: frozenset[str]


def cases(folder: Path, count: int, seed: int = 18) -> Iterator[Case]:
    """So many files one after another, each written before it is handed out and taken away after."""
    dice = random.Random(seed)
    for number in range(count):
        case = (_film, _film, _film, _picture, _broken)[number % 5](folder / f"{number}", dice)
        yield case
        case.path.unlink()


def _film(stem: Path, dice: random.Random) -> Case:
    preset = dice.choice((COLLECTION, CONTEST))
    scale = dice.choice((1000, 600, 12_800, 90_000, 48_000))
    edge = dice.choice([each for each in _EDGES[preset] if each is not None])
    length = round((edge + Decimal(dice.randint(-120, 120)) / 1000) * scale)
    film = Film(
        length=(length, scale), coded=dice.choice(_SIZES), turned=dice.choice((0, 0, 90, 180, 270)),
        brand=dice.choice((b"isom", b"mp42", b"avc1", b"qt  ")), codec=dice.choice((b"avc1", b"hvc1")), wide=dice.random() < 0.3,
        index_first=dice.random() < 0.5, data=dice.choice((10, 5000, 3 * 2**30)), sound=dice.random() < 0.8,
    )  # fmt: skip
    return Case(write_film(stem.with_suffix(".mp4"), film), preset, frozenset(_refused_film(film, preset)))


def _refused_film(film: Film, preset: str) -> Iterator[str]:
    """What the notices say of it, in decimals of a second and in cross products."""
    ms = (Decimal(film.length[0]) / film.length[1]).quantize(Decimal("0.001"), rounding="ROUND_HALF_UP")
    least, most = _EDGES[preset]
    if (least is not None and ms < least - _GRACE) or ms > most + _GRACE:
        yield "duration"
    width, height = film.coded if film.turned in {0, 180} else film.coded[::-1]
    if min(width, height) < 1080:
        yield "resolution"
    if preset == CONTEST:
        if film.brand == b"qt  ":
            yield "container"
        if all(abs(Decimal(width) * low / (Decimal(height) * high) - 1) > Decimal("0.01") for high, low in ((16, 9), (9, 16))):
            yield "ratio"


def _picture(stem: Path, dice: random.Random) -> Case:
    size, is_jpg = dice.choice(_BYTES), dice.random() < 0.5
    data = jpg((320, 240), dice.randint(1, 99), progressive=dice.random() < 0.5) if is_jpg else png((dice.randint(1, 3000), 40))
    path = stem.with_suffix(dice.choice((".jpg", ".png", "")))
    path.write_bytes(filled(data, size) if size else b"")
    refused = {"whole"} if not size else set() if 1_000_000 <= size <= 5_242_880 else {"bytes"}
    return Case(path, COLLECTION, frozenset(refused))


def _broken(stem: Path, dice: random.Random) -> Case:
    kind, preset = dice.choice(("film", "bomb", "half", "fragments", *_DISGUISES)), COLLECTION
    path, refused = stem.with_suffix(dice.choice((".mp4", ".jpg"))), {"whole"}
    if kind == "film":
        write_film(path, Film(index_first=dice.random() < 0.5, data=90_000), cut=dice.randint(1, 90_000))
    elif kind == "fragments":
        write_film(path, Film(length=(0, 1000), fragments=True))
    elif kind == "bomb":
        path.write_bytes(filled(png(points=dice.randint(14_000, 60_000)), 1_500_000))
    elif kind == "half":
        whole = jpg((2400, 1600), dice.randint(1, 9), quality=95)
        path.write_bytes(whole[: len(whole) * dice.randint(20, 90) // 100])
        refused |= set() if path.stat().st_size >= 1_000_000 else {"bytes"}
    else:
        data, refused = _DISGUISES[kind]
        preset = CONTEST if "container" in refused else COLLECTION
        path.write_bytes(data)
    return Case(path, preset, frozenset(refused))


def differences(folder: Path, count: int) -> list[str]:
    """Files that the program judges otherwise than the table."""
    rules = {preset: CATALOGUE.activity_rules(preset) for preset in (COLLECTION, CONTEST)}
    found = []
    for case in cases(folder, count):
        checked = check(probe_file(case.path), rules[case.preset])
        refused = {each.rule for each in checked.findings if each.level == "refuse"}
        if refused != case.refused or checked.passes == bool(refused):
            found.append(f"{case.path.name} of {case.preset}: {sorted(refused)}, not {sorted(case.refused)}")
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        wrong = differences(Path(made), int(sys.argv[1]))
    sys.stdout.write("\n".join(wrong or ["all as the table says"]) + "\n")
    sys.exit(bool(wrong))
