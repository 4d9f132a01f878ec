"""Reads from a file's syntax tree what it imports, and which names it uses by where they come from."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Used:
    """One imported module or name, where it stands, and whether inside a function."""

    line: int
    name: str
    inside: bool
    last_line: int


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@cache
def imports(source: str, path: str) -> tuple[Used, ...]:
    """Every import of a file, by absolute names. Kept, since many tests ask the same of every file."""
    return tuple(_imports(source, path))


def _imports(source: str, path: str) -> Iterator[Used]:
    left: list[tuple[ast.AST, bool]] = [(ast.parse(source), False)]
    while left:
        node, inside = left.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            stem = f"{_module(node, path)}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                yield Used(node.lineno, stem + alias.name, inside, node.end_lineno or node.lineno)
        elif not isinstance(node, ast.expr) or isinstance(node, _FUNCTIONS):  # no other expression holds an import
            within = inside or isinstance(node, _FUNCTIONS)
            left += [(child, within) for child in ast.iter_child_nodes(node)]


def _module(node: ast.ImportFrom, path: str) -> str:
    """The absolute name of the module a `from` import names, in a file at path."""
    if not node.level:
        return node.module or ""
    above = path.split("/")[: -node.level]
    return ".".join([*above, *filter(None, [node.module])])


def names(source: str) -> Iterator[tuple[int, str]]:
    """Every name and dotted name in use, by what it was imported as: `now` of `datetime` is datetime.datetime.now."""
    known: dict[str, str] = {}
    nodes = list(ast.walk(ast.parse(source)))
    for node in nodes:
        if isinstance(node, ast.Import):
            known |= {alias.asname: alias.name for alias in node.names if alias.asname}
            known |= {top: top for top in (alias.name.split(".")[0] for alias in node.names if not alias.asname)}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.Name | ast.Attribute) and (name := _dotted(node, known)):
            yield node.lineno, name


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, f"builtins.{node.id}")
    if isinstance(node, ast.Attribute) and (left := _dotted(node.value, known)):
        return f"{left}.{node.attr}"
    return ""


@cache
def texts(source: str) -> tuple[tuple[int, str], ...]:
    """Every text in the code, docstrings and other bare texts aside; of one with values in it, how it begins."""
    nodes = list(ast.walk(ast.parse(source)))
    aside = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    aside |= {id(value) for node in nodes if isinstance(node, ast.JoinedStr) for value in node.values[1:]}
    kept = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in aside]
    return tuple((node.lineno, node.value) for node in kept if isinstance(node.value, str))


def circles(files: dict[str, str]) -> list[tuple[str, ...]]:
    """The circles among modules, each as the sorted names of those in it; `files` are path -> source. Every import counts,
    wherever it stands.
    """
    modules = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in files}
    to = {
        name: {found for used in imports(files[path], path) if (found := _ours(used.name, modules)) and found != name}
        for name, path in modules.items()
    }
    reached = {name: _reached(name, to) for name in to}
    return sorted({tuple(sorted(each for each in reached[name] if name in reached[each])) for name in to if name in reached[name]})


def _ours(name: str, modules: dict[str, str]) -> str:
    """The module of ours that an imported name is, or stands in."""
    return name if name in modules else above if (above := name.rpartition(".")[0]) in modules else ""


def _reached(start: str, to: dict[str, set[str]]) -> set[str]:
    """Every module that one leads to; itself too, where it leads back."""
    found: set[str] = set()
    left = list(to[start])
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += to[name]
    return found
