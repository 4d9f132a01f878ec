"""The request a new data file takes to the node above it: its public keys, signed by itself; no password anywhere."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from unicodedata import category

from campmgr.areas.nodes.queries.nodes import LONGEST_NAME, Request, asking, asking_writer
from campmgr.disk import stick_file
from campmgr.errors import BadInput
from campmgr.ids import canonical
from campmgr.ledger.seal import sign, signed
from campmgr.store.door import Reader
from campmgr.store.ledger import own_key

_FORM = "campmgr request 1"


def write_request(r: Reader, path: Path, name: str) -> Request:
    """Write the request of this data file. Raises Trouble."""
    asked = asking(r, name)
    told = {"form": _FORM, **asdict(asked), "signature": sign(own_key(r, asking_writer(r)), _signed_part(asked))}
    with stick_file(path, "申请文件") as file:
        file.write(canonical(told).encode() + b"\n")
    return asked


def _signed_part(asked: Request) -> str:
    return canonical([_FORM, asked.key, asked.sealing_key, asked.name])


def _told_in(data: bytes) -> str:
    """The request in a file as an editor or a chat may have kept it: another encoding, words around it, marks that nobody sees."""
    text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    seen = "".join(each for each in text if category(each) != "Cf")
    return seen[seen.find("{") : seen.rfind("}") + 1]


def read_request(path: Path) -> Request:
    """Read a request. Raises BadInput when it is not one or was altered."""
    asked, signature = Request("", ""), ""
    try:
        told = json.loads(_told_in(path.read_bytes()))
        form, signature, *parts = (told[part] for part in ("form", "signature", "key", "sealing_key", "name"))
        asked = Request(*parts)
        whole = form == _FORM and all(isinstance(part, str) for part in (signature, *parts))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        whole = False
    if not whole or not signed(asked.key, _signed_part(asked), signature):
        raise BadInput(
            f"{path.name} 不是完整的授权申请文件。",
            reason="unreadable_file",
            hint="请对方重新做一份加入申请。",
            at_console="请对方重新运行 campmgr node request。",
        )
    return replace(asked, name=asked.name[:LONGEST_NAME])
