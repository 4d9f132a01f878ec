"""What about certificates a human should look at."""

from __future__ import annotations

from campmgr.facts.review import Answer, Matter, ReviewRow, each_told
from campmgr.wording import hours_text


def _below(row: ReviewRow) -> str:
    now, required = map(hours_text, row.told)
    return f"证书已发，现有课时 {now} 低于要求的 {required}。"


MATTERS = (
    Matter(
        name="hours_below_certificate",
        title="证书高于课时",
        what_to_do="证书不会自动收回：课时没错的，撤销证书；课时记漏了的补上，这一条就消失；确实保留的，记下来。",
        tell=each_told(_below),
        answers=(Answer("keep", "保留证书"), Answer("revoke", "撤销证书", acts=True, governs=True)),
        act="campmgr.areas.certificates.actions.below:revoke_below",
    ),
)
