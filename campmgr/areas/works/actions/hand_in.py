"""A work handed in by its author or their coordinator, with the boxes that were ticked (F-17)."""

from __future__ import annotations

from campmgr.areas.people.queries.finding import Person
from campmgr.areas.works.actions.works import place_of_work, work_draft
from campmgr.areas.works.queries.handed_in import agreements_of, batch_handed_in, count_of
from campmgr.areas.works.queries.readings import author_standing, works_called
from campmgr.areas.works.rules.links import link_trouble
from campmgr.areas.works.rules.statements import agreed_to
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.areas.works.settings import Works
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.batches import is_withdrawn, scopes_of_batch
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.masks import holds_number
from campmgr.store.door import Reader, Writer

LONGEST_TITLE = 200
MOST_OF_ONE = 200
"""Works of one person: more are no author's but a program's."""


def hand_in_work(w: Writer, work: Work, author: Person, *, agreed: bool, batch: str, actor: str = "") -> str:
    """Register a work with what was agreed to, or only that of a work that is known already; its id.

    Raises BadInput where a box is not ticked, for a title or link that will not do; Refused for a work of somebody else.
    """
    asked = worlds.load(w).rules[Works]
    _check(w, work, asked, author)
    if asked.agreements and not agreed:
        raise BadInput("请逐项确认作品要求，每一项都要勾选。", reason="missing_value", at_console="确认后加 --agreed。")
    known = _known(w, work)
    if known and author_standing(w, known) != author.person:
        raise Refused(
            "这件作品已经登记在别人名下，没有再存一件。", reason="conflict", hint="链接没有填错的，请告诉组织方核对作者。"
        )
    key = known or work_id(w.meta("campaign"), work)
    drafts = [] if known else [work_draft(w.meta("campaign"), work, author.person, author.home, today_of(w.clock), batch, actor)]
    if asked.agreements and not _agreed_already(w, key):
        body = {"statements": agreed_to(asked.agreements, asked.agreements_version)}
        place = place_of_work(w, key, author) if known else author.home
        drafts.append(Draft(place, "work_agreed", subject("work", key), body, actor=actor, batch=batch))
    say(w, drafts)
    return key


def take_back_work(w: Writer, work: str, author: Person) -> None:
    """Take back a work that one handed in oneself; again changes nothing. Raises NotFound, Refused once likes were read."""
    if author_standing(w, work) != author.person:
        raise NotFound("没有这件作品，或已经收回。", reason="unknown_work", hint="请刷新页面。")
    batch = batch_handed_in(w, work, author)
    if not batch or is_withdrawn(w, batch):
        raise Refused("这件作品已经有读数，或是单位登记的，不能自己收回。", hint="请联络员处理。")
    say(w, [Draft(scope, "batch_withdrawn", subject("batch", batch), {"reason": "本人收回"},
                  client_id=hash_id("withdrawn", batch, scope)) for scope in scopes_of_batch(w, batch)])  # fmt: skip


def _known(r: Reader, work: Work) -> str:
    for text in (work.link, work.number):
        if text and (found := works_called(r, text)):
            return min(found)
    return ""


def _agreed_already(r: Reader, work: str) -> bool:
    agreement = agreements_of(r, worlds.load(r), [work]).get(work)
    return agreement is not None and agreement.is_present


def _check(r: Reader, work: Work, asked: Works, author: Person) -> None:
    if author.erased:
        raise Refused("个人信息已经删除，不能再交作品。", hint="请重新扫码加入。")
    if not work.title or len(work.title) > LONGEST_TITLE:
        raise BadInput(f"请填标题，最多 {LONGEST_TITLE} 字。", reason="too_long")
    if holds_number(work.title):
        raise BadInput("标题里像是有电话或证件号码。标题不能删除，请去掉号码。", reason="name_in_reason")
    if not work.link and not work.number:
        raise BadInput("请填作品链接。", reason="bad_link", hint="在平台上点“分享”，复制链接，粘贴过来。")
    if work.link and (trouble := link_trouble(work.link)):
        raise BadInput(trouble, reason="bad_link")
    if work.account and work.account not in asked.accounts:
        raise BadInput(f"本营收的是{'、'.join(asked.accounts)}发布的作品。", reason="unknown_word")
    if work.published_on > today_of(r.clock):
        raise BadInput("发布日期在今天以后，请核对。", reason="bad_date")
    if count_of(r, author.person) >= MOST_OF_ONE:
        raise Refused("一个人的作品太多了。", hint="请与组织方联系。")
