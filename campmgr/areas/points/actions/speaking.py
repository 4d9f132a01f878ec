"""What the host alone decides is said on a laptop that holds the host unit: elsewhere it would count for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.errors import NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.admission import Admission
from campmgr.facts.saying import Said, may_write, say
from campmgr.ledger.envelope import Draft, Fact, Stream
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER

_SAID_ANEW = "主办单位重新认定"


def refuse_who_is_not_host(r: Reader, activity: Activity, what: str) -> None:
    """Raises NotAllowed where this data file does not hold the host unit; `what`: what is decided, in words."""
    if not may_write(worlds.load(r), r.meta(WRITER), activity.host):
        raise NotAllowed(f"{what}由主办单位决定，这份数据文件没有主办单位的授权。", hint="请在主办单位的电脑上办理。")


def say_as_host(w: Writer, activity: Activity, drafts: Sequence[Draft], what: str) -> Sequence[Said]:
    """Say what the host alone decides, each with a `reason` in its body. Raises NotAllowed elsewhere than at the host.

    Where a tampered program has said the very same, that counts for nothing and is no reason not to say it: the host says it anew.
    """
    refuse_who_is_not_host(w, activity, what)
    admission, said = Admission(worlds.load(w), w), list(say(w, drafts))
    for place, (draft, one) in enumerate(zip(drafts, said, strict=True)):
        if one.known and not _counts(admission, activity, one.fact):
            said[place] = say(w, [draft._replace(body={**draft.body, "reason": draft.body["reason"] or _SAID_ANEW})])[0]
    return said


def _counts(admission: Admission, activity: Activity, fact: Fact) -> bool:
    return admission.counts_for(activity.host, Stream(fact.scope, fact.writer), fact.seq, fact.chain)
