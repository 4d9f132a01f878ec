"""The kinds of judging and awards. All but the digest of an award list stand in the host's own scope, so that no unit's laptop
receives a mark; judges are people with the duty 评委 (`areas/duties`), and names stand in details alone.

What a history says of a mark never says the mark: the page of a work must not open a round that is closed.
"""

from __future__ import annotations

from typing import Any

from campmgr.ledger.kinds import Body, Earlier, Home, Kind, Right, fields

DUTY = "评委"
"""The duty that makes somebody a judge."""

SAME_UNIT, SAME_CITY, AUTHOR, DECLARED, RULED = "same_unit", "same_city", "author", "declared", "ruled"
WHYS = {
    SAME_UNIT: "同一单位或上下级单位",
    SAME_CITY: "同一市",
    AUTHOR: "本人是作者",
    DECLARED: "本人申请回避",
    RULED: "主办单位决定回避",
}
"""Why a judge does not judge a work. The first three are found from the unit tree and never need a fact."""

SCORED, ABSTAINED = "scored", "abstained"
STATES = {SCORED: "已评分", ABSTAINED: "弃权"}

RECALLS = ("召回证书", "召回奖杯", "追回权益")
LOOK_AGAIN = "复核"
TASKS = ("证书", "奖杯", "标识授权", "邀请", *RECALLS, LOOK_AGAIN)
"""What an award brings with it, what its revocation takes back (H-21, H-22, H-25), and what is asked where its works are lost."""


def _round(_: Any, body: Body) -> str:
    told = f"{body['name']}：每件 {body['per_work']} 位评委，满分 {body['scale']}"
    return f"{told}（{body['reason']}）" if body["reason"] else told


def _opened(_: Any, body: Body) -> str:
    return f"{body['name']}：{body['reason']}"


def _seat(_: Any, body: Body) -> str:
    return str(body["round"])


def _recused(_: Any, body: Body) -> str:
    return f"{body['round']}：{WHYS.get(body['why'], body['why'])}" + (f"（{body['note']}）" if body["note"] else "")


def _lifted(_: Any, body: Body) -> str:
    return f"{body['round']}：{body['reason']}"


def _scored(_: Any, body: Body) -> str:
    return f"{body['round']}：{STATES.get(body['state'], body['state'])}（分数在开启评审以后才显示）"


def _fit(_: Any, body: Body) -> str:
    return f"{body['award']}：{body['reason']}"


def _task(_: Any, body: Body) -> str:
    return f"{body['task'].split()[0]}：{body['state']}" + (f"（{body['note']}）" if body["note"] else "")


def _posted(_: Any, body: Body) -> str:
    return f"{body['starts_on']} 至 {body['ends_on']}（{body['counted']}）"


def _down(_: Any, body: Body) -> str:
    return str(body["reason"])


def _matter(_: Any, body: Body) -> str:
    return f"{body['way']}：{body['matter']}" if body["way"] else str(body["matter"])


def _answer(_: Any, body: Body) -> str:
    return f"{'成立' if body['upheld'] else '不成立'}：{body['answer']}"


def _rated(_: Any, body: Body) -> str:
    told = "、".join(f"{part} {points / 100:g}" for part, points in body["parts"].items())
    return f"{told}（{body['reason']}）" if body["reason"] else told


def _without_nominees(body: Body) -> Body:
    """Before people and units had awards, a list was of works alone."""
    return body | {"nominees": {}}


def _without_losses(body: Body) -> Body:
    """Before people and units had awards, none rested on works that were lost."""
    return body | {"lost": []}


_ENTRY = (("entry",), ("judged_entries",))
_NOMINEE = (("nominee",), ("nominees",))
_LIST = (("list",), ("awards",))
_PUBLICITY = (("list",), ("award_publicity",))

# fmt: off
KINDS = (
    # classes: of works, [] for all; entries: ids of the works, [] for all that have come to `judging.stage`; criteria:
    # "key=weight"; step: hundredths; reason: "" but for a change after marks were given; digest: of what the round is judged by
    Kind("round_set", Home.PEOPLE, Right.COVERS_SCOPE, ("round",), ("rounds",),
         fields("activity name classes:list entries:list criteria:list scale:int step:int per_work:int blind:flag method seed"
                " closes_at reason digest"), called="评审轮次", words=_round, registers=("round",)),
    Kind("round_opened", Home.PEOPLE, Right.COVERS_SCOPE, ("round",), ("rounds",), fields("activity name reason"),
         called="开启评审结果", words=_opened, stays="看过的分数不能变回没看过；分数有误的，请写明原因更正。"),
    Kind("judge_assigned", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity round judge"), called="分给评委",
         brings="{n} 次分派", words=_seat, may_undo=True),
    Kind("judge_recused", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity round judge why note"), called="回避",
         words=_recused, may_undo=True, registers=("recusal {round} {judge}",)),
    Kind("recusal_lifted", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity round judge reason"), called="解除回避",
         words=_lifted, may_undo=True, registers=("recusal {round} {judge}",)),
    # marks: criterion -> hundredths, {} for an abstention; source: page, sheet, html or paper; form: digest of the round's form;
    # a change names what it replaces, and its reason once the round is open. Without registers: values side by side would be shown
    Kind("score_given", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY,
         fields("activity round judge marks:map state note source form reason"), called="评分", brings="{n} 份评分", words=_scored),
    Kind("fit_noted", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity award reason"), called="奖项契合度说明", words=_fit,
         may_undo=True, registers=("fit {award}",), after_close=True),
    # line: the id of a unit or person, of a team one made of its name; sort: 单位, 个人 or 团队; name: of a team alone
    Kind("nominee_noted", Home.PEOPLE, Right.COVERS_SCOPE, *_NOMINEE, fields("activity line sort unit name award reason"),
         called="给人和单位的奖", words=_fit, may_undo=True, registers=("note {award}",), after_close=True),
    # parts: what the office gives points for -> hundredths, 0 to 10000
    Kind("nominee_rated", Home.PEOPLE, Right.COVERS_SCOPE, *_NOMINEE, fields("activity line parts:map reason"),
         called="给单位打分", words=_rated, may_undo=True, registers=("parts.*",), after_close=True),
    # rows: [award, place, entry, score in ten-thousandths, unit], of a person or team with its id behind; fits: [award, entry,
    # reason]; excluded: [entry, why]; sources: [what, SHA-256]; remark: why nobody waited for what was open; nominees: of which
    # people and units had awards, with what was counted of each, {} without such awards; digest over all else
    Kind("awards_frozen", Home.PEOPLE, Right.COVERS_SCOPE, *_LIST,
         fields("activity number:int at rules:map rule_text method rows:list fits:list excluded:list sources:list nominees:map"
                " remark digest"),
         called="定奖", stays="定过的获奖名单不会消失；如有变化，请发更正。", after_close=True,
         earlier=(Earlier(fields("activity number:int at rules:map rule_text method rows:list fits:list excluded:list sources:list"
                                 " remark digest"), _without_nominees),)),
    # changes: [row before or [], row after or []]; strike: the work, unit or person whose award is revoked; refill: strike, refill
    # or ""; lost: works that count no more for who made or sent them
    Kind("awards_amended", Home.PEOPLE, Right.COVERS_SCOPE, *_LIST,
         fields("activity number:int amendment:int changes:list strike refill lost:list objection reason digest"),
         called="更正获奖名单", stays="更正过的名单不会恢复原样；如更正有误，请再发一次更正。", after_close=True,
         earlier=(Earlier(fields("activity number:int amendment:int changes:list strike refill objection reason digest"),
                          _without_losses),)),
    Kind("awards_published", Home.PUBLIC, Right.HOST, ("list",), ("awards",), fields("activity number:int digest"),
         called="公布获奖名单", stays="公布过的名单不会消失；如有变化，请发更正。", after_close=True),
    # line: the entry, unit or person of a row; task: of TASKS, 复核 with a hash of the works that were lost behind a blank
    Kind("award_task_set", Home.PEOPLE, Right.COVERS_SCOPE, *_LIST, fields("activity number:int line task state note"),
         called="获奖后续", words=_task, registers=("task {line} {task}",), after_close=True),
    Kind("awards_posted", Home.PEOPLE, Right.COVERS_SCOPE, *_PUBLICITY,
         fields("activity number:int starts_on ends_on shown_until counted how"), called="公示获奖名单", words=_posted,
         stays="要提前撤下，请到名单页。", after_close=True),
    Kind("awards_taken_down", Home.PEOPLE, Right.COVERS_SCOPE, *_PUBLICITY, fields("activity number:int reason"), called="撤下公示",
         words=_down, stays="要重新公示，请到名单页。", after_close=True),
    # matters only: who objects, and how to reach them, stays on the host's paper; line: the entry or unit it is about, "" for none
    Kind("award_objection_raised", Home.PEOPLE, Right.COVERS_SCOPE, *_PUBLICITY, fields("activity number:int line way matter"),
         called="收到异议", words=_matter, stays="收到的异议不会消失，请写明答复。", after_close=True),
    Kind("award_objection_answered", Home.PEOPLE, Right.COVERS_SCOPE, *_PUBLICITY,
         fields("activity number:int objection upheld:flag answer"), called="答复异议", words=_answer,
         registers=("answer {objection}",), stays="要改答复，请再答复一次。", after_close=True),
)
# fmt: on
