"""Who may import whom (docs/house.md#rules): the tables, and a reader of syntax trees that complains in sentences."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

_FLOORS = (
    "errors config ids clock wording masks",
    "settings",
    "ledger",
    "store",
    "facts",
    "files",
    "accounts",
    "web cli",
    "areas",
    "desks",
    "app demo",
)

LEVELS = {room: level for level, rooms in enumerate(_FLOORS) for room in rooms.split()}
"""The floor of each room; imports go down, within a room, or along the ground."""

LAYERS = ("rules kinds settings proof", "local", "fold", "queries", "actions", "exchange", "files", "pages commands", "area")
"""Inside an area, from the lowest up; pages and commands of an area never import each other."""

LAYER_LEVELS = {layer: level for level, layers in enumerate(LAYERS) for layer in layers.split()}

THIRD_PARTIES = {
    **dict.fromkeys(("flask", "werkzeug", "jinja2", "markupsafe"), "web pages"),
    "click": "cli commands",
    **dict.fromkeys(("sqlite3", "sqlite_utils"), "campmgr/store/"),
    **dict.fromkeys(("openpyxl", "python_calamine", "typst", "pylopdf_fonts_zh_cn", "PIL", "zxingcpp"), "campmgr/files/"),
    "cryptography": "campmgr/ledger/seal.py",
    "waitress": "campmgr/app/serve.py",
    "qrcode": "campmgr/files/",
    "platformdirs": "campmgr/config.py",
    **dict.fromkeys(("urllib.request", "http.client"), "campmgr/exchange/client.py"),
    **dict.fromkeys(("random", "secrets", "uuid"), "campmgr/ids.py"),
}
"""The address of each module that has one: a folder or a file. A third party that is not here may be imported nowhere."""

NAMES = {
    **dict.fromkeys(("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"), "campmgr/clock.py"),
    **dict.fromkeys(("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today"), "campmgr/clock.py"),
    "datetime.date.today": "campmgr/clock.py",
    "os.urandom": "campmgr/ids.py",
    **dict.fromkeys(("os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv"), "campmgr/config.py"),
    **dict.fromkeys(("importlib.import_module", "builtins.__import__"), "campmgr/cli/"),
}
"""The address of single names; import_module would walk through every wall, and only the command line has need of it."""

_ADVICE = {
    "campmgr/clock.py": "take a Clock as argument; rules and folds take the day or instant itself",
    "campmgr/ids.py": "call campmgr.ids; a made-up choice that must repeat is derived from ids.sha256 of a seed",
    "campmgr/config.py": "ask campmgr.config, or take the value as argument",
    "campmgr/store/": "pass a handle from the store's door; reading SQL lives in queries, writing SQL in projections",
    "campmgr/cli/": "return a frozen dataclass or raise a CampError; the command prints it",
    "campmgr/web/": "return a frozen dataclass or raise a CampError; the page shows it",
    "campmgr/files/": "put the reading or writing of that file into campmgr/files and pass plain rows",
    "campmgr/ledger/seal.py": "call the functions of campmgr.ledger.seal",
    "campmgr/app/serve.py": "serving is the business of campmgr/app/serve.py alone",
    "campmgr/exchange/client.py": "the network has one client: campmgr/exchange/client.py",
}


@dataclass(frozen=True, slots=True)
class Used:
    """One imported module or name, where it stands, and whether inside a function."""

    line: int
    name: str
    inside: bool
    last_line: int


def complaints(path: str, source: str) -> list[str]:
    """What is wrong with the imports of one file of campmgr, as sentences that say what to do; path is campmgr/…/x.py."""
    tree, lines = ast.parse(source), source.splitlines()
    found = [
        sentence
        for used in _imports(tree, path)
        for sentence in (_late(used, lines), _upward(path, used), _stranger(path, used))
        if sentence
    ]
    found += [sentence for line, name in _names(tree) if (sentence := _misplaced(path, name, line))]
    return [f"{path}:{sentence}" for sentence in dict.fromkeys(found)]


def third_parties(path: str, source: str) -> set[str]:
    """The top names of modules that are neither ours nor Python's."""
    tops = {used.name.split(".")[0] for used in _imports(ast.parse(source), path)}
    return {top for top in tops if top != "campmgr" and top not in sys.stdlib_module_names}


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def _imports(tree: ast.Module, path: str) -> Iterator[Used]:
    inside = {id(node) for function in ast.walk(tree) if isinstance(function, _FUNCTIONS) for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            stem = f"{_module(node, path)}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                yield Used(node.lineno, stem + alias.name, id(node) in inside, node.end_lineno or node.lineno)


def _module(node: ast.ImportFrom, path: str) -> str:
    """The absolute name of the module a `from` import names, in a file at path."""
    if not node.level:
        return node.module or ""
    above = path.split("/")[: -node.level]
    return ".".join([*above, *filter(None, [node.module])])


def _names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name and dotted name in use, by what it was imported as: `now` of `datetime` is datetime.datetime.now."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {alias.asname: alias.name for alias in node.names if alias.asname}
            known |= {top: top for top in (alias.name.split(".")[0] for alias in node.names if not alias.asname)}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and (name := _dotted(node, known)):
            yield node.lineno, name


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, f"builtins.{node.id}")
    if isinstance(node, ast.Attribute) and (left := _dotted(node.value, known)):
        return f"{left}.{node.attr}"
    return ""


def _late(used: Used, lines: list[str]) -> str:
    """An import inside a function states its reason, in its own lines or in the line above."""
    if not used.inside or any("-- slow import" in line for line in lines[max(used.line - 2, 0) : used.last_line]):
        return ""
    return f"{used.line}: imports {used.name} inside a function; move it to the top, or say why with `# … -- slow import`"


def _upward(path: str, used: Used) -> str:
    if used.name.split(".")[0] != "campmgr":
        return ""
    here, there = _room(path.removesuffix(".py").split("/")), _room(used.name.split("."))
    if here == there or LEVELS.get(there, 0) == 0:
        return ""
    if here not in LEVELS:
        return f"{used.line}: {here} is no room of the house; use one of docs/house.md, or give it a floor in tests/house/walls.py"
    if LEVELS[here] > LEVELS[there]:
        return ""
    return (
        f"{used.line}: {here} may not import {used.name} ({'beside' if LEVELS[here] == LEVELS[there] else 'above'} it); "
        f"move what both need to a lower room, or let a higher room pass it as argument"
    )


def _room(parts: list[str]) -> str:
    """The room of campmgr/store/door or campmgr.store.door; the package's own names stand on the ground."""
    inner = parts[1] if len(parts) > 1 else "errors"
    return {"__main__": "cli", "__init__": "errors", "__version__": "errors"}.get(inner, inner)


def _stranger(path: str, used: Used) -> str:
    for module, address in THIRD_PARTIES.items():
        if used.name == module or used.name.startswith(f"{module}."):
            return "" if path.startswith(address) else _moved(used.line, used.name, address)
    top = used.name.split(".")[0]
    if top == "campmgr" or top in sys.stdlib_module_names:
        return ""
    return f"{used.line}: {top} is not ours yet; do without it, or give it an address in tests/house/walls.py and pyproject.toml"


def _misplaced(path: str, name: str, line: int) -> str:
    address = NAMES.get(name)
    return _moved(line, name, address) if address and not path.startswith(address) else ""


def _moved(line: int, name: str, address: str) -> str:
    return f"{line}: {name} may be used only in {address}; {_ADVICE[address]}"
