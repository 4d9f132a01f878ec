"""How votes and experts come to one score, in exact decimals, from raw rows alone (E-27)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

_PLACES = Decimal("0.0001")


def votes_as_score(votes: Mapping[str, int], votes_as: str) -> dict[str, Decimal]:
    """Votes as a score of 0 to 100: the share of the most, or by place, 100 for the first and 0 for the last.

    Equal votes share the better place.
    """
    if not votes:
        return {}
    most, count = max(votes.values()), len(votes)
    if votes_as == "rank":
        better = {each: sum(other > count_of for other in votes.values()) for each, count_of in votes.items()}
        return {
            each: Decimal(100 * (count - 1 - better[each])) / max(1, count - 1) if count > 1 else Decimal(100) for each in votes
        }
    return {each: Decimal(100 * of) / most if most else Decimal(0) for each, of in votes.items()}


def blended(votes: Mapping[str, int], experts: Mapping[str, Decimal], percent: int, votes_as: str) -> dict[str, Decimal]:
    """The score of each work that experts have marked, to four places; a work without votes has none of their share."""
    with localcontext(Context(prec=40, rounding=ROUND_HALF_EVEN)):
        shares = votes_as_score({each: votes.get(each, 0) for each in experts}, votes_as)
        return {
            each: ((shares[each] * percent + experts[each] * (100 - percent)) / 100).quantize(_PLACES) for each in sorted(experts)
        }
