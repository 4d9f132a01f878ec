"""评审包: what a judge takes home on a stick: the page, the workbook, the works under names that say nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from campmgr.areas.judging.files.blind_files import copy_blind
from campmgr.areas.judging.files.judge_file import judge_file
from campmgr.areas.judging.files.score_sheet import write_score_sheet
from campmgr.areas.judging.rules.score_form import ScoreForm

PAGE, SHEET, WORKS = "评审.html", "评分表.xlsx", "作品"
NOT_HIDDEN = "文件名和文件里记的作者、地点已经去掉；画面中的署名、台标、口播无法隐去，遇到认得出作者的，请用“回避”。"
_TIME = (2000, 1, 1, 0, 0, 0)


class PackFile(NamedTuple):
    """A file of a work: its name in the pack, and where it lies (None: not on this computer)."""

    name: str
    path: Path | None


class Packed(NamedTuple):
    """What a pack came to: how many works, files that are not on this computer, and those whose format cannot be cleaned."""

    works: int
    missing: tuple[str, ...]
    as_they_are: tuple[str, ...]


def write_pack(form: ScoreForm, files: Sequence[PackFile], out: IO[bytes]) -> Packed:
    """Write the pack as one zip; the same content gives the same bytes. Films are read and written piece by piece."""
    missing, plain = [each.name for each in files if each.path is None], list[str]()
    with zipfile.ZipFile(out, "w") as archive, TemporaryDirectory(prefix="campmgr-") as folder:
        sheet = Path(folder) / SHEET
        write_score_sheet(sheet, form)
        _put(archive, PAGE, judge_file(form))
        _put(archive, SHEET, sheet.read_bytes())
        for each in files:
            if each.path is not None:
                with archive.open(_info(f"{WORKS}/{each.name}"), "w", force_zip64=True) as target:
                    if not copy_blind(each.path, target):
                        plain.append(each.name)
        _put(archive, "说明.txt", _how(form, missing).encode("utf-8-sig"))
    return Packed(len(form.works), tuple(missing), tuple(plain))


def _how(form: ScoreForm, missing: Sequence[str]) -> str:
    lines = [
        form.title, "",
        f"1. 把整个文件夹从压缩包里解出来（不要在压缩包里直接打开），双击“{PAGE}”，用 Chrome、Edge 或 360 浏览器打开；不用联网。",
        "2. 逐件看作品、打分；中途可以关掉，再打开接着评。",
        "3. 评完按“存成交回的文件”，把得到的“.sealed”文件拷回 U 盘交给主办单位，会收到一张回执。这个文件已经封好，只有主办单位的电脑打得开。",
        f"4. 也可以改填“{SHEET}”，两样交回一样就行。表格自己不能封，填好以后谁拿到都看得见分数：请在评审页的“交回”里把它封好再交。",
        f"5. {NOT_HIDDEN}",
        "6. 手机上只能看作品，评分请在电脑上。",
    ]  # fmt: skip
    if missing:
        lines += ["", "这些文件不在做包的电脑上，没有装进来，请联系主办单位：", *missing]
    return "\r\n".join(lines) + "\r\n"


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(_info(name), data, zipfile.ZIP_DEFLATED)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.create_system = 0
    return info
