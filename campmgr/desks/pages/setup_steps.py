"""The steps of set-up: camp, hours, ranking, account. What was answered decides which pages come; no script is needed.

Answers travel from page to page in the address, so that Back and a reload show them again; once a person has typed of
themselves, in the sent form instead. Nothing is kept by the program before the camp is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campmgr.desks.pages.decisions import OpenDecision, changes_of, decisions_of, standing_of
from campmgr.settings.rules import RuleLine, Rules
from campmgr.web.forms import Form
from campmgr.web.i18n import _

CAMP, HOURS, RANKING, ACCOUNT = "camp", "hours", "ranking", "account"
STEP_WORDS = {
    CAMP: ("训练营", "名称、日期"),
    HOURS: ("课时", "怎样算、怎样结业"),
    RANKING: ("榜单", "排名、公示、总结"),
    ACCOUNT: ("账号", "您怎样登录"),
}
_MORE = "-more"
"""What is put behind the name of a step for the page that an answer of its first page asks for."""

_STEP_OF_SECTION = dict.fromkeys(("hours", "doubts", "certificate"), HOURS) | dict.fromkeys(
    ("works", "ranking", "anomalies", "publicity", "summaries"), RANKING
)

DEPENDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "hours.unit_minutes": (("hours.rule", "minutes_per_unit"),),
    "hours.bands": (("hours.rule", "bands"),),
    "ranking.tie_breaks": (("ranking.ties", "broken"), ("ranking.at_cut", "tie_break")),
    "ranking.draw_seed": (("ranking.ties", "broken"), ("ranking.at_cut", "tie_break")),
    "summaries.from_units": (("summaries.asked", "是"),),
    "summaries.due_on": (("summaries.asked", "是"),),
}
"""Questions that mean something only beside one of these answers."""

_CARRIED = ("name", "login", "kept", "recovery")
"""What is typed of oneself, or must stay the same, on the page of the account: never in an address. The password is typed again."""

_NOT_THERE = "\0"


@dataclass(frozen=True, slots=True)
class Mark:
    """A step as the line of steps shows it: "done", "now" or ""."""

    title: str
    says: str
    state: str


@dataclass(frozen=True, slots=True)
class StepPage:
    """One page of set-up; `carried`: what was answered on others; `number`: which of the steps it belongs to, from 1."""

    key: str
    title: str
    number: int
    marks: tuple[Mark, ...]
    asked: tuple[OpenDecision, ...]
    sections: tuple[tuple[str, tuple[RuleLine, ...]], ...]
    carried: tuple[tuple[str, str], ...]
    is_sent: bool
    next_title: str


def asked_by_address(args: Mapping[str, str]) -> Form:
    """The form that an address holds: answers about the camp alone.

    A link must not choose the recovery code of whoever follows it.
    """
    return Form({name: value for name, value in args.items() if "." in name or name in {"from", "go"}})


def read_answers(form: Form, rules: Rules) -> dict[str, str]:
    """The decisions that differ from the preset, of the questions that are asked; complaints go beside their fields."""
    return changes_of(form, rules, without=_pointless(form, rules))


def page_of(form: Form, rules: Rules) -> str:
    """Which page comes next: the one asked for, or the first before it on which something is wrong.

    The form says from which page it comes (`from`) and where it goes (`go`: next, back); without either, the first page.
    """
    pages = _pages(form, rules)
    here = form.typed("from")
    if here not in pages:
        return pages[0]
    at = pages.index(here)
    if form.typed("go") == "back":
        return pages[max(at - 1, 0)]
    to = min(at + 1, len(pages) - 1)
    read_answers(form, rules)
    return next((page for page in pages[:to] if page in {_page_of_key(key) for key in form.errors}), pages[to])


def page_of_error(form: Form, rules: Rules) -> str:
    """The first page on which something is wrong; the last where nothing is."""
    wrong = {_page_of_key(key) for key in form.errors}
    return next((page for page in _pages(form, rules) if page in wrong), ACCOUNT)


def has_errors(form: Form, page: str) -> bool:
    """Whether something is wrong on a page."""
    return any(_page_of_key(key) == page for key in form.errors)


def step_page(form: Form, rules: Rules, page: str) -> StepPage:
    """A page of set-up as it is shown."""
    pages, decided = _pages(form, rules), decisions_of(rules)
    titles = _steps(pages)
    step, at = page.removesuffix(_MORE), pages.index(page)
    asked = tuple(
        each for each in decided.asked if _page_of_key(each.line.key) == page and each.line.key not in _pointless(form, rules)
    )
    sections = () if page.endswith(_MORE) else tuple(
        (title, lines) for title, lines in decided.sections if lines and _step_of_key(lines[0].key) == step
    )  # fmt: skip
    shown = {each.line.key for each in asked} | (set(_CARRIED) if page == ACCOUNT else set())
    names = [*(each.line.key for each in decided.asked), *_CARRIED]
    typed = ((name, form.typed(name, _NOT_THERE)) for name in names if name not in shown)
    carried = tuple(each for each in typed if each[1] != _NOT_THERE)
    following = pages[at + 1].removesuffix(_MORE) if at + 1 < len(pages) else ""
    is_sent = page == ACCOUNT or any(form.typed(name) for name in _CARRIED)
    words = STEP_WORDS | ({} if "camp.name" in rules.sections.fields else {CAMP: ("活动", "名称和规则")})
    marks = tuple(Mark(_(words[each][0]), _(words[each][1]), _state(titles, each, step)) for each in titles)
    next_title = _(words[following][0]) if following else ""
    if following == step:
        next_title = _("%(step)s（续）") % {"step": next_title}
    return StepPage(page, _(words[step][0]), titles.index(step) + 1, marks, asked, sections, carried, is_sent, next_title)


def _pages(form: Form, rules: Rules) -> list[str]:
    """The pages that the answers so far ask for, in order; the account is the last."""
    pointless = _pointless(form, rules)
    keys = [each.line.key for each in decisions_of(rules).asked if each.line.key not in pointless]
    wanted = {_page_of_key(key) for key in keys}
    every = [page for step in (CAMP, HOURS, RANKING) for page in (step, step + _MORE)]
    return [*(page for page in every if page in wanted), ACCOUNT]


def _steps(pages: list[str]) -> list[str]:
    return list(dict.fromkeys(page.removesuffix(_MORE) for page in pages))


def _state(steps: list[str], each: str, now: str) -> str:
    if each == now:
        return "now"
    return "done" if steps.index(each) < steps.index(now) else ""


def _step_of_key(key: str) -> str:
    return _STEP_OF_SECTION.get(key.partition(".")[0], CAMP)


def _page_of_key(key: str) -> str:
    if "." not in key:
        return ACCOUNT
    return _step_of_key(key) + (_MORE if key in DEPENDS else "")


def _pointless(form: Form, rules: Rules) -> set[str]:
    """The questions that the answers so far leave without a meaning."""
    fields = rules.sections.fields
    return {
        key for key, needs in DEPENDS.items()
        if key in fields and not any(form.typed(on, standing_of(rules, fields[on])).strip() == answer for on, answer in needs)
    }  # fmt: skip
