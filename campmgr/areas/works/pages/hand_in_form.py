"""The form by which a work is handed in: its fields, and the boxes that are ticked one by one (F-17)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.camp.settings import Topics
from campmgr.areas.works.actions.hand_in import LONGEST_TITLE
from campmgr.areas.works.rules.work import Work
from campmgr.areas.works.settings import Works
from campmgr.files.cells import CellProblem
from campmgr.files.links import link
from campmgr.settings.rules import Rules
from campmgr.web.forms import Form, shown_of
from campmgr.web.i18n import _

Pairs = tuple[tuple[str, str], ...]

_BOXES = "agreed"

BESIDE = {
    "missing_value": _BOXES, "too_long": "title", "name_in_reason": "title", "bad_link": "link", "conflict": "link",
    "unknown_word": "account", "bad_date": "published_on",
}  # fmt: skip
"""The field that each refusal of handing in is about."""


@dataclass(frozen=True, slots=True)
class WorkForm:
    """What can be chosen, what is to be agreed to (its version beside), and what the platform asks of a file."""

    accounts: Pairs
    fields: Pairs
    statements: tuple[str, ...]
    version: str
    format_help: str
    shown: str
    form: Form


def work_form(rules: Rules, form: Form) -> WorkForm:
    """The form as the rules have it today."""
    asked = rules[Works]
    return WorkForm(
        tuple((each, _(each)) for each in asked.accounts), tuple((each, _(each)) for each in rules[Topics].fields),
        asked.agreements,
        asked.agreements_version if asked.agreements else "", asked.format_help, _drawn_for(asked), form,
    )  # fmt: skip


def read_work(form: Form, rules: Rules) -> tuple[Work, bool]:
    """The work as it was typed, and whether every box was ticked under today's texts; what is wrong stands beside its field."""
    asked, address = rules[Works], ""
    title = form.text("title", most=LONGEST_TITLE)
    try:
        address = link(form.text("link", most=2000))
    except CellProblem as problem:
        form.wrong("link", problem.sentence)
    account = form.choice("account", asked.accounts)
    field = form.choice("field", rules[Topics].fields, required=False)
    published = form.day("published_on", required=False)
    boxes = {str(number) for number in range(len(asked.agreements))}
    agreed = set(form.choices(_BOXES, boxes)) == boxes
    if not agreed:
        form.wrong(_BOXES, _("请逐项看过，每一项都勾选。"))
    if asked.agreements and not form.errors:
        form.is_stale(_drawn_for(asked), _("作品要求刚才有了改动，还没有保存。请看一眼现在的要求，再逐项勾选。"))
    return Work(title, address, "", account, field, published), agreed


def _drawn_for(asked: Works) -> str:
    return shown_of(asked.agreements_version, *asked.agreements)
