"""Who writes as the root: whoever opened the camp, and who took its place with the recovery key (docs/ledger.md#recovery)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from campmgr.facts.grants import cuts_of
from campmgr.facts.limits import ALL, Limit, Step
from campmgr.ids import canonical, hash_id
from campmgr.ledger.envelope import Stream
from campmgr.ledger.order import ReadFact
from campmgr.ledger.seal import signed, writer_of

RECOVERED, REPLACED = "root_recovered", "recovery_replaced"


def campaign_id(root_key: str, recovery: str) -> str:
    """A camp's id: a hash of its root's key and its recovery keys, so that nobody else can open it again (docs/ledger.md#ids).

    Whoever steals the root's key cannot put another paper in place of the printed one.
    """
    return hash_id("campaign", root_key, recovery)


def recovery_message(campaign: str, body: dict[str, object]) -> str:
    """What the recovery key signs: all of a body but the signature itself."""
    return canonical(["campmgr-recovery", campaign, {name: value for name, value in body.items() if name != "signature"}])


class Root(NamedTuple):
    """The root's first writer and its key, both "" before the camp's opening is known, and who took its place, in order.

    `recovery_key` and `recovery_sealing_key` are those of the paper in force, and `closed_secret` the camp's secret closed for it;
    `papers`: what put it in the place of the first, in order.
    """

    writer: str = ""
    key: str = ""
    recovery_key: str = ""
    recovery_sealing_key: str = ""
    closed_secret: str = ""
    recovered: tuple[ReadFact, ...] = ()
    papers: tuple[ReadFact, ...] = ()

    def limit(self, stream: Stream, lineage: Callable[[str], Collection[str]]) -> Limit:
        """How much of a stream of the root's counts: whoever took its place cut those who wrote before.

        `lineage`: a writer and those it succeeded.
        """
        mine, steps = lineage(stream.writer), list[Step]()
        began = next((at for at, one in enumerate(self.recovered) if writer_of(one.body["key"]) in mine), -1)
        for one in self.recovered[began + 1 :]:
            steps.append(Step(opens=False, heads=cuts_of(one.body).get(stream, ())))
        return Limit((*ALL.steps, *steps)) if steps else ALL


def root_of(campaign: str, public: Sequence[ReadFact]) -> Root:
    """The root, from what was said in `public`, in total order."""
    for one in public:
        body = one.body
        if one.fact.kind == "campaign_opened" and writer_of(body["root_key"]) == one.fact.writer:
            keys = (body["recovery_key"], body["recovery_sealing_key"])
            if campaign_id(body["root_key"], "".join(keys)) == campaign:
                return _followed(campaign, Root(one.fact.writer, body["root_key"], *keys, body["secret"]), public)
    return Root()


def _followed(campaign: str, root: Root, public: Sequence[ReadFact]) -> Root:
    """The root with the papers that replaced the first, each signed by the one before, and all that was recovered with them.

    With a paper that was replaced nothing more is recovered than whoever replaced it knew of.
    """
    recovered = [one for one in public if one.fact.kind == RECOVERED and writer_of(one.body["key"]) == one.fact.writer]
    replacements = [one for one in public if one.fact.kind == REPLACED]
    found: list[ReadFact] = []
    while True:
        mine = [one for one in recovered if _is_signed(campaign, root.recovery_key, one)]
        newer = next((one for one in replacements if _is_signed(campaign, root.recovery_key, one)), None)
        if newer is None:
            return root._replace(recovered=tuple(found + mine))
        found += [one for one in mine if one.id in newer.fact.replaces.split()]
        replacements.remove(newer)
        body = newer.body
        root = root._replace(recovery_key=body["recovery_key"], recovery_sealing_key=body["recovery_sealing_key"],
                             closed_secret=body["secret"], papers=(*root.papers, newer))  # fmt: skip


def _is_signed(campaign: str, key: str, one: ReadFact) -> bool:
    return signed(key, recovery_message(campaign, one.body), one.body["signature"])
