"""What a refusal says of what to do next names what to press on a page; whoever types commands is told the command besides."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.desks.test_every_page_in_words import MACHINE_WORDS
from tests.house.sources import python_files, relative

NO_PAGES = re.compile(r"campmgr/(?:cli|app|demo)/|/commands(?:/|\.py)|campmgr/store/opening\.py|campmgr/facts/backup")
"""Where only those are refused who type commands or start the program."""

PATTERNS = (
    "a setting's key",
    "a row of the notice",
    "a stored instant",
    "a word of the ledger",
    "a command",
    "another word for 预览",
)
SAID = {"hint", "stays", "sentence"}


def test_no_hint_or_sentence_that_a_page_can_show_holds_a_machine_word():
    found = [
        f"{relative(path)}:{line}: {what}: {text}"
        for path in python_files("campmgr")
        if not NO_PAGES.search(relative(path))
        for line, text in _said(path)
        for what in PATTERNS
        if re.search(MACHINE_WORDS[what], text)
    ]
    assert not found, "name what to press on a page in `hint`, and the command in `at_console`:\n" + "\n".join(found)


def _said(path: Path) -> Iterator[tuple[int, str]]:
    """Each sentence and hint of a refusal, and why something stays, as it stands in the source; what is put in is an ellipsis."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        told = [each.value for each in node.keywords if each.arg in SAID]
        if told and any(each.arg in {"hint", "reason"} for each in node.keywords):
            told += node.args[:1]
        for each in told:
            if text := _text(each):
                yield each.lineno, text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(each) if isinstance(each, ast.Constant) else "…" for each in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return _text(node.body) + " " + _text(node.orelse) if isinstance(node, ast.IfExp) else ""
