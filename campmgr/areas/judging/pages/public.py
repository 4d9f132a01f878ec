"""What everyone may see of judging: lists that are up, and the receipt of a sheet for whoever knows the whole of its sum."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.areas.judging.files.receipts import receipt_paper
from campmgr.areas.judging.queries.award_lists import AwardList
from campmgr.areas.judging.queries.award_publicity import AwardPublicity, lists_up
from campmgr.areas.judging.queries.receipts import Receipt, receipt_of
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.files.official_sheet import paper_pdf
from campmgr.web import respond
from campmgr.web.current import press, reading
from campmgr.web.downloads import PDF, download
from campmgr.web.guard import anyone
from campmgr.web.respond import Answer
from campmgr.wording import check_code

area = Blueprint("public_awards", __name__)


@dataclass(frozen=True, slots=True)
class PublicAwardsPage:
    """The lists of an activity that are up today: awards, works, units; no score, no person."""

    activity: Activity
    lists: tuple[tuple[AwardList, AwardPublicity, str], ...]


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt, and the short code to read aloud."""

    receipt: Receipt
    code: str


@area.get("/a/<activity>/awards")
@anyone
def shown(activity: str) -> Answer:
    """The lists that are up. Raises NotFound."""
    with reading() as (r, world):
        found = [each for each in world.activities.called(activity) if each.sort == "entries"]
        if len(found) != 1:
            raise NotFound("没有这个活动。", reason="unknown_activity", hint="请核对地址。")
        lists = tuple((listed, about, check_code(listed.now.digest)) for listed, about in lists_up(r, world, found[0]))
    return respond.page("judging/public_awards.html", PublicAwardsPage(found[0], lists))


@area.get("/me/receipt/<sha256>")
@anyone
def receipt(sha256: str) -> Answer:
    """The receipt of a score sheet. Raises NotFound."""
    with reading() as (r, _world):
        found = receipt_of(r, sha256)
    return respond.page("judging/receipt.html", ReceiptPage(found, check_code(found.sha256)))


@area.get("/me/receipt/<sha256>.pdf")
@anyone
def receipt_pdf(sha256: str) -> Answer:
    """The same to print and sign. Raises NotFound."""
    with reading() as (r, _world):
        found = receipt_of(r, sha256)
    return download(paper_pdf(press(), receipt_paper(found)), "评分表回执.pdf", PDF)
