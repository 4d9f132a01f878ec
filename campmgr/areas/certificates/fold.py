"""What this area adds to the fold of a person: certificates, ours and the platform's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from campmgr.areas.hours.settings import Completion
from campmgr.areas.people.fold.identity import NEVER, Days, PersonPart, Rows
from campmgr.facts.world import World
from campmgr.ledger.order import ReadFact
from campmgr.store.tables import Table

CERTIFICATES = Table(
    "certificates", ("person", "number", "activity", "edition", "credited", "issued_on", "state", "ended_on", "reason"), 2, "person"
)
PLATFORM_CERTIFICATES = Table("platform_certificates", ("person", "fact", "number", "issued_on"), 2, "person")


class HeldCertificate:
    """A certificate as its facts tell it."""

    def __init__(self, number: str, activity: str, edition: int, credited: int, issued_on: str) -> None:
        self.number = number
        self.activity = activity
        self.edition = edition
        self.credited = credited
        self.issued_on = issued_on
        self.ended_on = NEVER
        self.state = "valid"
        self.reason = ""


class CertificatesHeld:
    """The certificates of one person, of every camp. `required`: the hundredths that a valid one of this camp stands for."""

    def __init__(self, required: int, activity: str) -> None:
        self._activity = activity
        self._required = required
        self._certificates: dict[str, HeldCertificate] = {}
        self._of_platform: list[tuple[str, str, str]] = []

    def issue(self, one: ReadFact) -> None:
        """A number issued twice is one certificate: two nodes may have issued it without knowing of each other."""
        body = one.body
        self._certificates.setdefault(
            body["number"],
            HeldCertificate(body["number"], body["activity"], body["edition"], body["credited"], one.fact.happened_on),
        )

    def end(self, one: ReadFact) -> None:
        """Revoked or superseded; the first word about it stands."""
        known = self._certificates.get(one.body["number"])
        if known and known.ended_on == NEVER:
            known.state = one.fact.kind.removeprefix("certificate_")
            known.ended_on, known.reason = max(one.fact.happened_on, known.issued_on), one.body["reason"]

    def note_platform(self, one: ReadFact) -> None:
        """The platform issued one of its own."""
        self._of_platform.append((one.id, one.body["number"], one.fact.happened_on))

    def add_days(self, days: Days) -> None:
        """From when until when each was valid."""
        of_this_camp = [each for each in self._certificates.values() if each.activity == self._activity]
        days.certified = [(each.issued_on, each.ended_on) for each in of_this_camp]
        days.seen += [each.issued_on for each in of_this_camp]
        days.valid = sum(each.ended_on == NEVER for each in self._certificates.values())
        days.ended = len(self._certificates) - days.valid

    def add_rows(self, person: str, rows: Rows) -> None:
        """Certificates with their state."""
        rows[CERTIFICATES] += [
            (person, each.number, each.activity, each.edition, each.credited, each.issued_on, each.state,
             "" if each.ended_on == NEVER else each.ended_on, each.reason)
            for each in self._certificates.values()
        ]  # fmt: skip
        rows[PLATFORM_CERTIFICATES] += [(person, *each) for each in self._of_platform]

    def doubts(self, days: Days) -> Iterator[tuple[str, object, str]]:
        """A certificate stays valid when hours fall below the mark afterwards; somebody should look at it."""
        if days.is_certified and days.total < self._required:
            issued = max(each.issued_on for each in self._certificates.values() if each.ended_on == NEVER)
            yield "hours_below_certificate", [days.total, self._required], issued


def _begin(world: World) -> Callable[[], CertificatesHeld]:
    return partial(CertificatesHeld, world.rules[Completion].required_hundredths, world.activity)


FOLDS = (
    PersonPart(
        name="certificates",
        kinds={
            "certificate_issued": CertificatesHeld.issue,
            "certificate_revoked": CertificatesHeld.end,
            "certificate_superseded": CertificatesHeld.end,
            "platform_certificate_recorded": CertificatesHeld.note_platform,
        },
        ends=frozenset({"certificate_revoked", "certificate_superseded"}),
        begin=_begin,
        tables=(CERTIFICATES, PLATFORM_CERTIFICATES),
        settings=(Completion,),
    ),
)
