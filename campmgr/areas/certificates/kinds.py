"""The kinds about certificates."""

from __future__ import annotations

from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Home, Kind, Right, fields


def _number(_: World, body: Body) -> str:
    return str(body["number"])


def _revoked(_: World, body: Body) -> str:
    return f"{body['number']}：{body['reason']}"


def _superseded(_: World, body: Body) -> str:
    return f"{body['number']} 换为 {body['by']}：{body['reason']}"


# fmt: off
KINDS = (
    Kind("certificate_issued", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",),
         fields("activity number edition:int credited:int"), called="签发证书", brings="{n} 张证书", words=_number, after_close=True,
         stays="要收回证书，请在证书页撤销。"),
    Kind("platform_certificate_recorded", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("activity number"),
         called="平台证书", words=_number, may_undo=True),
    Kind("certificate_revoked", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("number reason"), called="撤销证书",
         words=_revoked, registers=("end {number}",), dated=True),
    Kind("certificate_superseded", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("number by reason"),
         called="换发证书", words=_superseded, registers=("end {number}",), dated=True),
    Kind("revocations_published", Home.PUBLIC, Right.NODE, ("node",), ("revocations",), fields("entries:list"),
         stays="公布过的编号不会消失；撤回撤销证书的那条记录，就会另行公布。"),
)
# fmt: on
