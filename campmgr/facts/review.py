"""What a human should look at: each row names a case, by who or what it is about, the matter, and what makes it so.

Folds keep their rows in `tables.REVIEW` (docs/ledger.md#review).
"""

from __future__ import annotations

from typing import Any

from campmgr.ids import canonical, sha256


def review_row(subject: str, matter: str, detail: Any, unit: str, since: str, together: str = "") -> tuple[str, ...]:
    """A row for `tables.REVIEW`: `unit` is whose desk sees it, `since` the day since which it waits ("" where nothing says one).

    Rows with the same `together` bear one id: they are shown as one and settled in one go.
    """
    told = canonical(detail)
    key = [matter, together] if together else [subject, matter, told]
    return (subject, matter, told, sha256(canonical(key))[:12], unit, since)
