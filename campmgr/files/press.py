"""Sets pages with the fonts at hand: those that come along, then the user's own from the folder `fonts` beside the data file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from campmgr.errors import BadInput, NotFound
from campmgr.files.glyphs import missing_characters
from campmgr.ids import canonical

if TYPE_CHECKING:
    from typst import Fonts, TypstError

_OURS = Path(__file__).parents[1]
"""Where our own sheets lie; each takes in `files/house.typ`."""

_PACKED = Path(__file__).with_name("fonts")
_OWN_FONTS, _OWN_SHEETS = "fonts", "templates"
_REMEMBERED = 10
"""After so many settings the setter lets go of what none of them used; empty ones take a millisecond."""
_PLACE = re.compile(r"([^\s/\\]+\.typ):(\d+):\d+")
_CODE = re.compile(r'\b(eval|plugin)\s*\(|\b(?:import|include)\b(?!\s*"(?![@/])[^"\\]*")')
"""What a sheet of one's own may not do: run text as code, or take anything in but a file named beside it."""


class Press:
    """The fonts and the user's own sheets that belong to a data file; None for neither."""

    def __init__(self, data_file: Path | None = None) -> None:
        self._folder = data_file.parent if data_file else None

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of a text that no font at hand can draw, each once, in order."""
        return missing_characters(text, _files(self._fonts()))

    def note(self, said: Mapping[str, object]) -> str:
        """What a sheet that is told this will say of characters that no font at hand can draw; "" where it can draw all."""
        return lacking_note(self._missing_in(said))

    def _missing_in(self, said: Mapping[str, object]) -> tuple[str, ...]:
        return self.missing("".join(dict.fromkeys("".join(_texts(said)))))

    def sheet(self, sheet: Path, said: Mapping[str, object]) -> bytes:
        """A sheet of ours as PDF; the same content gives the same bytes.

        A character that no font at hand can draw stands as 〔its code point〕, never as a box, and `note` on the sheet says so.
        """
        missing = self._missing_in(said)
        told = {key: _spelt(value, missing) for key, value in said.items()} | {"note": lacking_note(missing)}
        return self.pdf(sheet, canonical(told))

    def own_sheet(self, name: str) -> Path:
        """A sheet of the user's own by its file's name. Raises NotFound, and BadInput "bad_template" for one that reaches out."""
        path = (self._folder or Path()) / _OWN_SHEETS / name
        if self._folder is None or not path.is_file():
            raise NotFound(f"这台电脑上没有证书模板“{name}”。", reason="bad_template",
                           hint=f"请把它放进数据文件旁边的 {_OWN_SHEETS} 文件夹，或在规则里把“证书模板文件”改回空。")  # fmt: skip
        for each in sorted(path.parent.glob("**/*.typ")):
            _check(each)
        return path

    def pdf(self, sheet: Path, told: str) -> bytes:
        """The pages as PDF, in the form that `pdf_runs` joins; texts go in as data, so that nothing in a name is markup.

        Raises BadInput "bad_template" where the sheet itself is wrong.
        """
        from campmgr.files.typesetting import typst  # few commands print -- slow import

        try:
            made = typst.compile(str(sheet), root=_root(sheet), sys_inputs={"told": told}, font_paths=self._fonts(),
                                 timestamp=0, pdf_standards="1.4", pdf_tags=False)  # fmt: skip
        except typst.TypstError as problem:
            raise _bad_template(sheet, problem) from problem
        return bytes(made)

    def pictures(self, sheet: Path, told: str, ppi: int) -> tuple[bytes, ...]:
        """The pages as PNG, one each. Raises as `pdf` does."""
        from campmgr.files.typesetting import typst  # as above -- slow import

        try:
            made = typst.compile(str(sheet), root=_root(sheet), sys_inputs={"told": told}, font_paths=self._fonts(),
                                 format="png", ppi=ppi)  # fmt: skip
        except typst.TypstError as problem:
            raise _bad_template(sheet, problem) from problem
        pages = cast("bytes | list[bytes]", made)  # one page comes alone
        return (pages,) if isinstance(pages, bytes) else tuple(pages)

    def forget(self) -> None:
        """Let go of what was remembered of the pages set so far; between long runs, it is memory and no use."""
        from campmgr.files.typesetting import typst  # as above -- slow import

        for _ in range(_REMEMBERED):
            typst.compile(b"", font_paths=self._fonts(), timestamp=0, pdf_tags=False)

    def _fonts(self) -> Fonts:
        from pylopdf_fonts_zh_cn import serif_path  # -- slow import

        own = self._folder / _OWN_FONTS if self._folder else None
        found = sorted(own.iterdir()) if own and own.is_dir() else []
        folders = (Path(serif_path()).parent, _PACKED, *([own] if own and found else ()))
        return _fonts(tuple(map(str, folders)), tuple((each.name, each.stat().st_mtime_ns) for each in found))


def lacking_note(missing: Iterable[str]) -> str:
    """What a sheet says of characters that no font can draw; "" where there are none."""
    points = "、".join(f"U+{ord(each):04X}" for each in missing)
    return (
        f"字体里没有的字写作〔统一码编号〕：{points}。把有这些字的字体文件放进数据文件旁边的 fonts 文件夹，再印一次。"
        if points
        else ""
    )


def spelt(text: str, missing: Iterable[str]) -> str:
    """A text with the characters that no font can draw (`Press.missing`) as their code points."""
    for each in missing:
        text = text.replace(each, f"〔U+{ord(each):04X}〕")
    return text


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _texts(value)


def _spelt(said: object, missing: tuple[str, ...]) -> object:
    """Whatever a sheet is told, with all its texts `spelt`."""
    if isinstance(said, str):
        return spelt(said, missing)
    if isinstance(said, Mapping):
        return {key: _spelt(value, missing) for key, value in said.items()}
    return [_spelt(value, missing) for value in said] if isinstance(said, list | tuple) else said


def _root(sheet: Path) -> str:
    """The folder beyond which a sheet reads nothing: its own, or for ours the program."""
    return str(_OURS if sheet.is_relative_to(_OURS) else sheet.parent)


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...], stamps: tuple[tuple[str, int], ...]) -> Fonts:
    """The fonts of the folders, read once; `stamps` change with what the user puts there."""
    del stamps
    from campmgr.files.typesetting import typst  # as in `Press.pdf` -- slow import

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


@lru_cache(maxsize=4)
def _files(fonts: Fonts) -> tuple[tuple[str, int], ...]:
    """Where the fonts lie that the setter has understood."""
    return tuple((each.path, each.index) for each in fonts.fonts() if each.path)


def _check(sheet: Path) -> None:
    try:
        text = sheet.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(f"证书模板 {sheet.name} 读不出来。", reason="bad_template", hint="请用 UTF-8 编码保存它。") from problem
    if found := _CODE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"证书模板 {sheet.name} 第 {line} 行用了“{found[0].strip()}”，这里不能用。", reason="bad_template",
                       hint='模板只能用自己文件夹里的文件，写法如 #import "other.typ": name；不能用网上的包，也不能用 eval。')  # fmt: skip


def _bad_template(sheet: Path, problem: TypstError) -> BadInput:
    place = _PLACE.search(problem.diagnostic or "")
    where = f"{place[1]} 第 {place[2]} 行" if place else sheet.name
    return BadInput(f"证书模板有错：{where}（{problem.message}）。", reason="bad_template",
                    hint="请照这一行改正模板；改不好时，在规则里把“证书模板文件”改回空，就用自带的模板。")  # fmt: skip
