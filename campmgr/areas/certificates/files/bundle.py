"""Many certificates as one zip: a folder for each city, in it one for each unit with its pages and a list to sign on receipt, and
above all a packing list.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from campmgr.areas.certificates.files.sheet import (
    CertificateDesign,
    Progress,
    Unprinted,
    Written,
    nobody_watches,
    write_certificates,
)
from campmgr.areas.certificates.queries.prints import PrintedCertificate
from campmgr.areas.units.queries.report_lines import city_level_units
from campmgr.errors import Refused
from campmgr.facts.finding import shown_code, unit_address
from campmgr.facts.world import World
from campmgr.files.report_table import Hours, Value, write_report

_STAMP = (2000, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 40
"""Characters of a folder's name: three of them and the place they are unpacked to must fit into the 260 that old Windows allows."""

_PLACELESS = "省直"


@dataclass(frozen=True, slots=True)
class _Packed:
    """What lies in one unit's folder."""

    city: str
    code: str
    unit_name: str
    folder: str
    printed: int
    unprinted: tuple[Unprinted, ...]


def write_bundle(
    world: World,
    look: CertificateDesign,
    certificates: Sequence[PrintedCertificate],
    out: IO[bytes],
    progress: Progress = nobody_watches,
) -> Written:
    """Write the zip, page by page and in little memory. `progress` as for `write_certificates`.

    Raises Refused "missing_glyph" when none can be printed.
    """
    packed: list[_Packed] = []
    by_place = sorted(
        certificates, key=lambda each: (_city(world, each.unit), _place(world, each.unit))
    )  # within a unit as they came
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        done = 0
        for (city, unit), some in groupby(by_place, key=lambda each: (_city(world, each.unit), each.unit)):
            theirs = list(some)
            at = (city, shown_code(world, unit), unit_address(world, unit))
            packed.append(_pack(archive, look, at, theirs, partial(_further, progress, done, len(certificates))))
            done += len(theirs)
        if not any(each.printed for each in packed):
            raise Refused(packed[0].unprinted[0].sentence, reason="missing_glyph", hint="请核对这些字是不是打错了。")
        _add_book(archive, "装箱单.xlsx", f"{look.title} 装箱单", _PACKING, [*map(_packing_row, packed), _total(packed)])
        left_out = [_left_out_row(each, one) for each in packed for one in each.unprinted]
        if left_out:
            _add_book(archive, "没有印出的证书.xlsx", "没有印出的证书", _LEFT_OUT, left_out)
    return Written(sum(each.printed for each in packed), tuple(one for each in packed for one in each.unprinted))


def _further(progress: Progress, before: int, whole: int, here: int, _here_whole: int) -> None:
    """What a unit's pages tell of themselves, told of the whole."""
    progress(before + here, whole)


def _pack(
    archive: zipfile.ZipFile,
    look: CertificateDesign,
    place: tuple[str, str, str],
    certificates: list[PrintedCertificate],
    progress: Progress,
) -> _Packed:
    """The folder of one unit, by city, code and what tells it from another of that code.

    Where none of its certificates can be printed, it holds the list alone.
    """
    city, code, apart = place
    name = certificates[0].unit_name
    folder = f"{_file_name(city)}/{_file_name(name)}（{_file_name(apart)}）"
    drawable, unprinted = look.parted(certificates)
    if drawable:
        with archive.open(_entry(f"{folder}/证书.pdf"), "w", force_zip64=True) as file:
            write_certificates(look, certificates, file, progress)
    rows = list(_receipts(certificates, {each.certificate.number for each in unprinted}))
    _add_book(archive, f"{folder}/签收单.xlsx", f"{name} 证书签收单", _RECEIPT, rows)
    progress(len(certificates), len(certificates))
    return _Packed(city, code, name, folder, len(drawable), unprinted)


_PACKING = ("地市", "单位", "单位代码", "份数", "没有印出", "文件夹")
_LEFT_OUT = ("地市", "单位", "证书编号", "姓名", "原因")
_RECEIPT = ("序号", "姓名", "班级", "证书编号", "课时", "平台证书编号", "签收")


def _packing_row(each: _Packed) -> tuple[Value, ...]:
    return (each.city, each.unit_name, each.code, each.printed, len(each.unprinted), each.folder)


def _total(packed: Sequence[_Packed]) -> tuple[Value, ...]:
    return (
        "合计",
        f"{len(packed)} 个单位",
        "",
        sum(each.printed for each in packed),
        sum(len(each.unprinted) for each in packed),
        "",
    )


def _left_out_row(each: _Packed, one: Unprinted) -> tuple[Value, ...]:
    return (each.city, each.unit_name, one.certificate.number, one.certificate.name, one.sentence)


def _receipts(certificates: Iterable[PrintedCertificate], left_out: set[str]) -> Iterator[tuple[Value, ...]]:
    for place, each in enumerate(certificates, start=1):
        note = "没有印出" if each.number in left_out else ""
        yield (place, each.name, each.class_name, each.number, Hours(each.credited), each.platform, note)


def _add_book(archive: zipfile.ZipFile, name: str, title: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    with TemporaryDirectory(prefix="campmgr-") as folder:
        path = Path(folder) / "book.xlsx"
        write_report(path, title, headings, rows)
        archive.writestr(_entry(name), path.read_bytes())


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the zip with its time fixed: equal content, equal bytes."""
    info = zipfile.ZipInfo(name, _STAMP)
    info.create_system, info.external_attr = 0, 0
    return info


def _file_name(text: str) -> str:
    """A name that Windows takes for a folder, and that leads nowhere else."""
    return _FORBIDDEN.sub("_", text)[:_LONGEST_NAME].strip(" .") or "_"


def _place(world: World, unit: str) -> tuple[str, str]:
    known = world.tree.units.get(unit)
    return (known.place if known else "", unit)


def _city(world: World, unit: str) -> str:
    """The name of the city-level unit a unit stands under or is, 省直 for what stands under none (F-08, F-09)."""
    units, own = world.tree.units, world.once(city_level_units)
    here = units.get(unit)
    while here is not None:
        if here.kind == "市" or here.unit in own:
            return here.name
        here = units.get(here.parent)
    return _PLACELESS
