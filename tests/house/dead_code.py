"""Names that nothing uses, found by vulture; what templates, scripts and the register of areas name counts as used.

A name is used wherever it is written, whatever it belongs to: so not all that is dead is found, but nothing that lives.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from keyword import iskeyword

from tests.house.sources import ROOT, python_files, relative, text_files

_CALLED_FROM_OUTSIDE = ["@*.get", "@*.post", "@*.command", "@click.group"]
"""Decorators by which flask and click know what to call."""


@dataclass(frozen=True, slots=True)
class DeadName:
    """Something that one text defines and none uses."""

    place: str
    what: str
    name: str


def kept_names() -> dict[str, str]:
    """Name -> who uses it, where no file of ours does."""
    table = tomllib.loads((ROOT / "tests" / "house" / "kept_names.toml").read_text("utf-8"))
    return {name: row["by"] for row in table["kept"] for name in row["names"].split()}


def python_texts(*folders: str) -> dict[str, str]:
    """Path -> text of every Python file of these folders."""
    return {relative(path): path.read_text("utf-8") for path in python_files(*folders)}


class Names:
    """What texts define and use; a program is read once, and then its tests as well."""

    def __init__(self) -> None:
        from vulture import Vulture  # -- slow import: only this test wants it

        self._found = Vulture(ignore_decorators=_CALLED_FROM_OUTSIDE)
        self._found.scan("\n".join(sorted({*_in_templates(), *_in_scripts()})), "others")

    def read(self, texts: Mapping[str, str]) -> list[DeadName]:
        """What all texts read so far define, and neither they nor our templates and scripts use, in the order of their places."""
        for place, text in texts.items():
            self._found.scan(text, place)
        self._found.scan("\n".join({name for text in texts.values() for name in _in_declarations(text)}), "others")
        return [DeadName(f"{item.filename}:{item.first_lineno}", item.typ, item.name) for item in self._found.get_unused_code()]


def _in_templates() -> Iterator[str]:
    for path in text_files("templates"):
        for part in re.findall(r"\{[{%](.*?)[%}]\}", path.read_text("utf-8"), re.DOTALL):
            names = re.findall(r"[^\W\d]\w*", re.sub(r"'[^']*'", "", part))
            yield from (name for name in names if not iskeyword(name))


def _in_scripts() -> Iterator[str]:
    for path in text_files("campmgr"):
        if path.suffix == ".js":
            yield from re.findall(r"\bdata\.([^\W\d]\w*)", path.read_text("utf-8"))


def _in_declarations(text: str) -> Iterator[str]:
    """A setting is read by its key; what an area registers is found by its address; a fixture is asked for by its effect."""
    yield from re.findall(r'"(?:campmgr|tests)(?:\.\w+)+:(\w+)"', text)
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call(func=ast.Name(id="setting"))):
                yield name
            case ast.FunctionDef(name=name, args=arguments) if name.startswith("test_"):
                yield from (each.arg for each in arguments.args)
