"""Style sheets and pages belong together: no rule that no page wears, and no page that wears what it does not load."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import ROOT, python_files, relative, text_files

TEMPLATES = {path.relative_to(ROOT / "templates").as_posix(): path.read_text("utf-8") for path in text_files("templates")}
SHEETS = {
    path.relative_to(ROOT / "static").as_posix().removesuffix(".css"): path
    for path in text_files("static")
    if path.suffix == ".css"
}
PAGES = sorted(name for name, text in TEMPLATES.items() if "{% extends" in text)

_CLASSES = re.compile(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', re.DOTALL)
_QUOTED = re.compile(r"""["'`]([\w -]+)["'`]""")


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_class_that_is_styled_is_worn(sheet):
    worn, begun = _worn_anywhere()
    idle = {each for each in _styled(sheet) if each not in worn and not any(each.startswith(start) for start in begun)}
    assert not idle, f"no template, script or module knows these classes of {relative(SHEETS[sheet])}: {sorted(idle)}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_the_sheet_of_each_class_that_it_wears(page):
    loaded = _loaded(page)
    styled = {each for sheet in loaded for each in _styled(sheet)}
    known = {each for sheet in ("campmgr", "public", "staff", "desk", "office") for each in _styled(sheet)}
    bare = {each for part in _parts(page) for each in _worn(TEMPLATES[part])[0]} & known - styled
    assert not bare, f"{page} loads {sorted(loaded)}, and none of them describes {sorted(bare)}; move the rules to a sheet it loads"


def test_a_participant_loads_what_the_public_sees_and_no_more():
    assert _loaded("desks/mine.html") == _loaded("works/board.html") == {"campmgr", "public"}
    assert _loaded("hours/station.html") == {"campmgr", "staff", "desk", "station/station"}
    assert _loaded("prizes/ranking.html") == {"campmgr", "staff", "office"}


@cache
def _styled(sheet: str) -> set[str]:
    """The classes that a sheet's selectors name."""
    text = re.sub(r"/\*.*?\*/", "", SHEETS[sheet].read_text("utf-8"), flags=re.DOTALL)
    return {name for selector in re.findall(r"([^{}]+)\{", text) for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)}


def _worn(template: str) -> tuple[set[str], set[str]]:
    """The classes that a template writes, and the beginnings of those that it puts together: `t` of `t{{ shade }}`."""
    words: set[str] = set()
    for written in _CLASSES.findall(template):
        words.update(word for values in re.findall(r"\{\{.*?\}\}", written) for word in _QUOTED.findall(values))
        words.update(re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "*", written)).split())
    return {word for word in words if "*" not in word}, {word[:-1] for word in words if word.endswith("*") and len(word) > 1}


@cache
def _worn_anywhere() -> tuple[set[str], set[str]]:
    """The same of all templates, with every word in quotes of Python, scripts and calls of macros."""
    worn, begun = set[str](), set[str]()
    for text in [*TEMPLATES.values(), *(path.read_text("utf-8") for path in text_files("campmgr") if path.suffix == ".html")]:
        written, started = _worn(text)
        worn |= written | {word for call in re.findall(r"\{\{.*?\}\}", text) for word in _QUOTED.findall(call)}
        begun |= started
    for path in [*python_files("campmgr"), *_scripts()]:
        worn.update(word for quoted in _QUOTED.findall(path.read_text("utf-8")) for word in quoted.split())
    return worn, begun


def _scripts() -> list[Path]:
    return [path for path in text_files("static", "campmgr") if path.suffix == ".js"]


def _loaded(page: str) -> set[str]:
    """The sheets of a page: the one of all, and those of its block `sheets` or its parent's."""
    text = TEMPLATES[page]
    parent = re.search(r'\{% extends "(.+?)" %\}', text)
    block = re.search(r"\{% block sheets %\}(.*?)\{% endblock %\}", text, re.DOTALL)
    own = set(re.findall(r'ui\.sheet\("(.+?)"\)', block[1])) if block else set[str]()
    above = _loaded(parent[1]) if parent and (block is None or "super()" in block[1]) else set[str]()
    return own | above | {"campmgr"}


def _parts(page: str) -> set[str]:
    """A template with all that it extends, includes and imports."""
    found, ahead = set[str](), {page}
    while ahead:
        found |= ahead
        named = {name for part in ahead for name in re.findall(r'\{% (?:extends|include|import|from) "(.+?)"', TEMPLATES[part])}
        ahead = named - found
    return found
