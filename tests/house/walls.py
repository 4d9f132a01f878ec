"""Who may import whom (docs/house.md): complaints in sentences that say what to do instead."""

from __future__ import annotations

import re
import sys

from tests.house.imports_of import Used, imports, names, texts
from tests.house.places import LAYER_LEVELS, LEVELS, LOWEST, REACH, USES, Place, place_of

_PAGES = ("web", "pages", "app")
_COMMANDS = ("cli", "commands", "app")

THIRD_PARTIES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("flask", "jinja2", "markupsafe"), _PAGES),
    "werkzeug": (*_PAGES, "campmgr/accounts/passwords.py"),
    "click": _COMMANDS,
    **dict.fromkeys(("sqlite3", "sqlite_utils"), ("store",)),
    **dict.fromkeys(("openpyxl", "python_calamine", "typst", "pylopdf_fonts_zh_cn", "PIL", "zxingcpp", "qrcode"), ("files",)),
    **dict.fromkeys(("icalendar", "pymediainfo"), ("files",)),
    "cryptography": ("campmgr/ledger/seal.py", "campmgr/ledger/hpke.py", "campmgr/ledger/chunks.py"),
    "waitress": ("campmgr/app/server.py",),
    "platformdirs": ("campmgr/config.py",),
    "pypinyin": ("campmgr/pinyin.py",),
    **dict.fromkeys(("urllib.request", "http.client"), ("campmgr/areas/nodes/exchange/client.py",)),
    **dict.fromkeys(("random", "secrets", "uuid"), ("campmgr/ids.py",)),
}
"""The addresses of each module that has one: a room or a layer by its name, or one file. One that is not here has none."""

NAMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"), ("campmgr/clock.py",)),
    **dict.fromkeys(("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today"), ("campmgr/clock.py",)),
    "datetime.date.today": ("campmgr/clock.py",),
    "os.urandom": ("campmgr/ids.py",),
    "unicodedata.normalize": ("campmgr/wording.py",),
    **dict.fromkeys(("os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv"), ("campmgr/config.py",)),
    **dict.fromkeys(
        ("importlib.import_module", "builtins.__import__"),
        ("campmgr/cli/lazily.py", "campmgr/areas/register.py", "campmgr/facts/catalogue.py"),
    ),
}
"""The addresses of single names; import_module would walk through every wall, and only what areas name lazily needs it."""

_ADVICE = {
    "campmgr/clock.py": "take a Clock as argument; rules and folds take the day or instant itself",
    "campmgr/ids.py": "call campmgr.ids; a made-up choice that must repeat is derived from ids.sha256 of a seed",
    "campmgr/config.py": "ask campmgr.config, or take the value as argument",
    "store": "pass a handle from the store's door; reading SQL lives in queries, writing SQL in folds",
    "cli": "return a frozen dataclass or raise a CampError; the command prints it",
    "web": "return a frozen dataclass or raise a CampError; the page shows it",
    "files": "put the reading or writing of that file into campmgr/files, or the area's files, and pass plain rows",
    "campmgr/ledger/seal.py": "call the functions of campmgr.ledger.seal, hpke and chunks",
    "campmgr/pinyin.py": "call campmgr.pinyin",
    "campmgr/wording.py": "call campmgr.wording.normal: the library takes minutes over a long run of combining marks",
    "campmgr/app/server.py": "serving is the business of campmgr/app/server.py alone",
    "campmgr/areas/nodes/exchange/client.py": "the network has one client: campmgr/areas/nodes/exchange/client.py",
    "campmgr/cli/lazily.py": "name what is loaded late in the area's area.py",
}

STATEMENT = re.compile(
    r"\s*(?:(?:select|insert(?: or \w+)? into|replace into|update \w+ set|delete from)\b|with (?:recursive )?\w+\s*(?:\(|as\b))",
    re.IGNORECASE,
)
"""How a statement of SQL begins."""

_SQL_PLACES = {"queries", "fold", "local", "store", "facts", "accounts"}


def complaints(path: str, source: str) -> list[str]:
    """What is wrong with one file of campmgr, as sentences that say what to do; path is campmgr/…/x.py."""
    lines = source.splitlines()
    here = place_of(path.removesuffix(".py").split("/"))
    found = [
        sentence
        for used in imports(source, path)
        for sentence in (_late(used, lines), _beyond(here, used), _stranger(path, here, used))
        if sentence
    ]
    found += [sentence for line, name in names(source) if (sentence := _misplaced(path, here, name, line))]
    found += [sentence for line, text in texts(source) if (sentence := _lazily(here, text, line))]
    return [f"{path}:{sentence}" for sentence in dict.fromkeys(found)]


def sql_lines(path: str, source: str) -> list[int]:
    """The lines of a file where a statement of SQL begins that stands in the wrong room: outside queries, folds, local rows,
    and the rooms of the store, of facts and of accounts.
    """
    parts = path.removesuffix(".py").split("/")
    here = place_of(parts)
    if _SQL_PLACES & {here.room, here.layer} or "local" in parts:
        return []
    return [line for line, text in texts(source) if STATEMENT.match(text)]


def third_parties(path: str, source: str) -> set[str]:
    """The top names of modules that are neither ours nor Python's."""
    tops = {used.name.split(".")[0] for used in imports(source, path)}
    return {top for top in tops if top != "campmgr" and top not in sys.stdlib_module_names}


def _late(used: Used, lines: list[str]) -> str:
    """An import inside a function states its reason, in its own lines or in the line above."""
    if not used.inside or any("-- slow import" in line for line in lines[max(used.line - 2, 0) : used.last_line]):
        return ""
    return f"{used.line}: imports {used.name} inside a function; move it to the top, or say why with `# … -- slow import`"


def _beyond(here: Place, used: Used) -> str:
    """What is wrong between two places of ours."""
    if used.name.split(".")[0] != "campmgr":
        return ""
    there = place_of(used.name.split("."))
    if LEVELS.get(there.room, 0) == 0:
        return ""
    if here.room not in LEVELS:
        return f"{used.line}: {here} is no room of the house; use one of docs/house.md, or give it a floor in tests/house/places.py"
    if here.layer and here.layer not in LAYER_LEVELS:
        return f"{used.line}: {here.layer} is no layer; use one of docs/house.md, or give it a floor in tests/house/places.py"
    return _upward(here, there, used) or _stretched(here, there, used) or _foreign(here, there, used)


def _upward(here: Place, there: Place, used: Used) -> str:
    rooms = LEVELS[there.room] - LEVELS[here.room]
    layers = LAYER_LEVELS[there.layer] - LAYER_LEVELS[here.layer] if here.layer and there.layer in LAYER_LEVELS else -1
    beside = (rooms == 0 and here.room != there.room) or (layers == 0 and here.layer != there.layer and here.layer not in LOWEST)
    if rooms <= 0 and layers <= 0 and not beside:
        return ""
    return (
        f"{used.line}: {here} may not import {used.name} ({'above' if max(rooms, layers) > 0 else 'beside'} it); "
        f"move what both need to a lower room, or let a higher room pass it as argument"
    )


def _stretched(here: Place, there: Place, used: Used) -> str:
    """A layer that looks further than it may: a query at files, a page at the command line."""
    reach = REACH.get(here.layer)
    if reach is None or LEVELS[there.room] < LEVELS[reach] or there.room == reach or there.room in {"areas", "desks"}:
        return ""
    return (
        f"{used.line}: {here} may not import {used.name} (the {here.layer} of an area know nothing higher than {reach}); "
        f"pass what it needs as argument"
    )


def _foreign(here: Place, there: Place, used: Used) -> str:
    """An area that is not among those it may use."""
    if here.room != "areas" or not there.area or there.area in {here.area, *USES[here.area]}:
        return ""
    order = list(USES)
    if there.area in order and order.index(there.area) < order.index(here.area):
        said_in = f"campmgr/areas/{here.area}/area.py"
        return f"{used.line}: {here} may not import {used.name}: {there.area} is not among the uses in {said_in}"
    return (
        f"{used.line}: {here} may not import {used.name}: {there.area} stands after {here.area} in campmgr/areas/register.py; "
        f"move what both need down, or let desks combine them"
    )


def _lazily(here: Place, text: str, line: int) -> str:
    """A text that names a module of an area, below the areas."""
    if "campmgr.areas" not in text or LEVELS.get(here.room, 0) >= LEVELS["areas"]:
        return ""
    return f"{line}: {here} may not name {text!r}: nothing below the areas knows of one; let the area bring it in its area.py"


def _stranger(path: str, here: Place, used: Used) -> str:
    for module, addresses in THIRD_PARTIES.items():
        if used.name == module or used.name.startswith(f"{module}."):
            return _moved(path, here, used.line, used.name, addresses)
    top = used.name.split(".")[0]
    if top == "campmgr" or top in sys.stdlib_module_names:
        return ""
    return f"{used.line}: {top} is not ours yet; do without it, or give it an address in tests/house/walls.py and pyproject.toml"


def _misplaced(path: str, here: Place, name: str, line: int) -> str:
    return _moved(path, here, line, name, NAMES[name]) if name in NAMES else ""


def _moved(path: str, here: Place, line: int, name: str, addresses: tuple[str, ...]) -> str:
    if {path, here.room, here.layer} & set(addresses):
        return ""
    return f"{line}: {name} may be used only in {' '.join(addresses)}; {_ADVICE[addresses[0]]}"
