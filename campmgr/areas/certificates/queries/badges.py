"""The Open Badges file of a certificate that holds (docs/certificates.md#badge)."""

from __future__ import annotations

from campmgr.areas.camp.settings import Camp
from campmgr.areas.certificates.proof.badge import Badge, badge_token
from campmgr.areas.certificates.queries.checks import name_of_node
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.certificates.queries.statements import signing_key
from campmgr.areas.certificates.settings import Certificate
from campmgr.areas.hours.rules.readiness import conditions_required
from campmgr.areas.hours.settings import Completion
from campmgr.errors import NotAllowed
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.wording import hours_text

_CONDITIONS = {"sign_in": "签到", "follow": "关注并预约", "daily_scan": "每日扫码"}


def certificate_badge(r: Reader, world: World, unit: str, number: str, line: str = "") -> str:
    """The signed text of one certificate of a unit's people. Raises NotFound, NotAllowed where this file may not sign it."""
    (found,) = certificate_prints(r, world, unit, line, number)
    key = signing_key(r, world)
    if key is None or not found.statement:
        raise NotAllowed("这份数据文件没有持有人所在单位的授权，不能签发徽章。", hint="请在上级或持有人单位的电脑上下载。")
    rules, base = world.rules, world.rules[Camp].base_address.rstrip("/")
    also = "、".join(_CONDITIONS[each] for each in conditions_required(rules))
    badge = Badge(
        number=found.number,
        name=found.name,
        title=rules[Certificate].name,
        camp=rules[Camp].name,
        criteria=f"学满 {hours_text(rules[Completion].required_hundredths)} 课时" + (f"，并完成{also}。" if also else "。"),
        hours=hours_text(found.credited),
        issuer=name_of_node(world, world.trust.node_of(key.writer)),
        issued_on=found.issued_on,
        address=f"{base}/c/{found.number}" if base else "",
    )
    return badge_token(key, badge)
