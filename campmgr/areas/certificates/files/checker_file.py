"""One HTML file that checks certificates from a stick, with no network and no program of ours (docs/certificates.md#checker).

Everything is inside: the decoder for photos, Ed25519, the camp's key, who may sign, the signed list of what no longer holds. The
parts stand in `checker/`; photo.js, codes_in.js and the style sheets are the pages' own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from campmgr.areas.certificates.queries.issuer_proofs import Vouchers, vouchers
from campmgr.areas.certificates.queries.revocation_lists import revocation_list
from campmgr.areas.certificates.queries.words import NOTES, OFFLINE_NOTES, STATES, TITLES
from campmgr.areas.certificates.settings import Certificate
from campmgr.clock import local_text, utc_text
from campmgr.config import package_folder
from campmgr.facts.world import World
from campmgr.ids import sha256
from campmgr.store.door import Reader

_PARTS = Path(__file__).with_name("checker")
_IMPORT = re.compile(r"^import \{(?P<names>[^}]*)\} from '\./index\.js';", re.MULTILINE)
_EXPORT = re.compile(r"^export (?:default [^\n]*;|\{[^}]*\};|(?=async|function|const|class))", re.MULTILINE)
_RENAMED = re.compile(r"^export \{(?P<names>[^}]*)\};", re.MULTILINE)
_NAMED = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)


def checker_file(r: Reader, world: World) -> bytes:
    """The file as of now. Raises NotAllowed where this data file may not sign the list."""
    known, ended = vouchers(r, world), revocation_list(r, world)
    data = asdict(known) | {
        "camp": world.name,
        "title": world.rules[Certificate].name,
        "fingerprint": fingerprint(known),
        "made_on": local_text(utc_text(r.clock.now()))[:10],
        "lists": list(ended.texts),
        "states": STATES,
        "notes": NOTES | OFFLINE_NOTES,
        "titles": TITLES,
    }
    page = (_PARTS / "checker.html").read_text("utf-8")
    for mark, content in (("style", _style()), ("script", _script()), ("data", _as_data(data))):  # what others named comes last
        page = page.replace(f"/*{{{mark}}}*/", content, 1)
    return page.encode()


def fingerprint(known: Vouchers) -> str:
    """The camp's key in a form to be read aloud: eight groups of four hex digits."""
    digits = sha256(bytes.fromhex(known.root_key)).upper()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def _as_data(data: Mapping[str, object]) -> str:
    """JSON that nothing in it can end early."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


@cache
def _style() -> str:
    static = package_folder("static")
    return "\n".join((*((static / f"{name}.css").read_text("utf-8") for name in ("campmgr", "public")), _part("checker.css")))


@cache
def _script() -> str:
    static = package_folder("static")
    vendor = static / "vendor"
    photo, typed = (_EXPORT.sub("", (static / name).read_text("utf-8")) for name in ("photo.js", "station/codes_in.js"))
    codes = _qr((vendor / "qr" / "index.js").read_text("utf-8"), (vendor / "qr" / "decode.js").read_text("utf-8"))
    nacl, bytes_ = ((static / name).read_text("utf-8") for name in ("vendor/nacl-fast.min.js", "bytes.js"))
    script = ";\n".join((nacl, codes, photo, typed, bytes_, *map(_part, ("forms.js", "camp.js", "page.js"))))
    if "</script" in script:
        raise ValueError("a script that would end itself")
    return script


def _part(name: str) -> str:
    return (_PARTS / name).read_text("utf-8")


def _qr(index: str, decoder: str) -> str:
    """The two modules of the decoder as one plain script that gives `QR.decodeQR`: modules do not load from a stick."""
    given = [_as(pair) for block in _RENAMED.findall(index) for pair in block.split(",") if pair.strip()]
    given += [(name, name) for name in _NAMED.findall(index)]
    outside = ", ".join(f"{name}: {inside}" for inside, name in given)
    asked = [_as(pair) for block in _IMPORT.findall(decoder) for pair in block.split(",") if pair.strip()]
    inside = ", ".join(f"{name}: {inside}" for name, inside in asked)
    first = f"const QRTables = (() => {{\n{_EXPORT.sub('', index)}\nreturn {{ {outside} }};\n}})();"
    body = _EXPORT.sub("", _IMPORT.sub(f"const {{ {inside} }} = QRTables;", decoder))
    return f"{first}\nconst QR = (() => {{\n{body}\nreturn {{ decodeQR }};\n}})();"


def _as(pair: str) -> tuple[str, str]:
    """`name as other` as (name, other)."""
    name, _, other = pair.strip().partition(" as ")
    return name, other or name
