"""The request a new data file takes to the node above it: its public key, signed by itself; no password anywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from campmgr.errors import BadInput, Trouble
from campmgr.ids import canonical
from campmgr.ledger.seal import sign, signed
from campmgr.store.door import Reader
from campmgr.store.ledger import own_key

_FORM = "campmgr request 1"


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to be enrolled."""

    key: str
    name: str


def write_request(r: Reader, path: Path, name: str) -> Request:
    """Write the request of this data file. Raises Trouble."""
    key = own_key(r)
    signature = sign(key, canonical([_FORM, key.public, name]))
    try:
        path.write_text(canonical({"form": _FORM, "key": key.public, "name": name, "signature": signature}) + "\n", "utf-8")
    except OSError as problem:
        raise Trouble(f"申请文件写不到 {path.name}：{problem.strerror}。", hint="请检查 U 盘空间和写保护。") from problem
    return Request(key.public, name)


def read_request(path: Path) -> Request:
    """Read a request. Raises BadInput when it is not one or was altered."""
    try:
        told = json.loads(path.read_text("utf-8"))
        form, key, name, signature = (told[part] for part in ("form", "key", "name", "signature"))
        whole = form == _FORM and all(isinstance(part, str) for part in (key, name, signature))
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole or not signed(key, canonical([_FORM, key, name]), signature):
        raise BadInput(
            f"{path.name} 不是完整的授权申请文件。", reason="unreadable_file", hint="请对方重新运行 campmgr node request。"
        )
    return Request(key, name)
