"""A spreadsheet that was closed for one data file, so that nobody else reads it on its way there: two lines that say what it is and
for which key, then the content as one letter (docs/judging.md#packs).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from campmgr.errors import BadInput, Refused
from campmgr.files.imports.layouts import Layout
from campmgr.ledger.hpke import open_with
from campmgr.store.door import Store
from campmgr.store.ledger import own_sealing_keys

MAGIC = "campmgr sealed sheet 1"
"""The first line, and the text to which the letter is bound."""

SUFFIX = ".sealed"
_CLOSED = 2
"""Characters for a byte: the letter is written in hex, so that it passes through whatever carries texts."""


@contextmanager
def opened_sheet(store: Store, layout: Layout, path: Path, max_bytes: int) -> Iterator[Path]:
    """The file to read for the length of a block: itself, or of a closed one its content, which then is gone again. Only as a form
    of which no page repeats what nobody may see (`Layout.more`).

    Raises BadInput for a damaged or too large one, and for another kind of file; Refused for one closed for another data file.
    """
    if not _is_sealed(path):
        yield path
        return
    if layout.more is None:
        raise BadInput(
            "这是评委交回的、封好的评分表，不能当别的表格打开。", reason="unreadable_file", hint="请到这一轮的“评审包”页导入。"
        )
    if path.stat().st_size > _CLOSED * max_bytes:
        raise BadInput("封好的文件太大了，没有打开。", reason="too_large", hint="请核对是不是评分表。")
    content = _opened(store, path)
    with TemporaryDirectory(prefix="campmgr-") as folder:
        plain = Path(folder) / path.stem
        plain.write_bytes(content)
        yield plain


def _is_sealed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC.encode()
    except OSError:
        return False  # whoever reads it says what is wrong


def _opened(store: Store, path: Path) -> bytes:
    try:
        magic, public, letter = path.read_bytes().decode("ascii").splitlines()
        closed = bytes.fromhex(letter)
    except (OSError, ValueError) as problem:
        raise _damaged() from problem
    with store.reading() as r:
        key = next((each for each in own_sealing_keys(r) if each.public == public), None)
    if key is None:
        raise Refused("这份评分表是封给另一份数据文件的，在这里打不开，没有导入。", reason="refused_by_rule",
                      hint="请在做这个评审包的那台电脑上导入；或者请评委交“评分表.xlsx”。")  # fmt: skip
    content = open_with(key.private, closed, MAGIC)
    if content is None or magic != MAGIC:
        raise _damaged()
    return content


def _damaged() -> BadInput:
    return BadInput("封好的评分表已损坏，或没有传完整。", reason="unreadable_file", hint="请评委再存一次交回的文件。")
