"""The decisions of whoever opens a camp or another activity: what the notice leaves open, and all else as the preset has it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from campmgr.areas.hours.settings import bands_form
from campmgr.desks.pages.rule_values import as_kept, as_typed, in_words, is_needed
from campmgr.errors import BadInput
from campmgr.settings.fields import Field
from campmgr.settings.reading import day, hundredths, instant
from campmgr.settings.rules import RuleLine, Rules
from campmgr.web.forms import Form
from campmgr.web.i18n import _


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A setting the organizer decides: how it is typed ("choice", "date", "number", "text"), and the choices with their words."""

    line: RuleLine
    typed_as: str
    required: bool
    options: tuple[tuple[str, str], ...]
    example: str
    """How it is typed, where a field of text does not tell."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is asked, and all other rules by the titles of their sections."""

    asked: tuple[OpenDecision, ...]
    sections: tuple[tuple[str, tuple[RuleLine, ...]], ...]


def decisions_of(rules: Rules) -> Decisions:
    """The decisions that a preset leaves, with its values as they stand."""
    asked = _asked(rules)
    settled = [line for line in rules.show() if line not in asked]
    sections = tuple((_(title), tuple(_settled(rules, line) for line in lines)) for title, lines in rules.by_section(settled))
    return Decisions(tuple(_decision(rules, line, rules.sections.fields[line.key]) for line in asked), sections)


def changes_of(form: Form, rules: Rules, without: Collection[str] = ()) -> dict[str, str]:
    """The decisions that differ from the preset, by their keys; complaints go beside their fields.

    `without`: keys of which nobody is asked.
    """
    changes = {}
    for line in _asked(rules):
        if line.key in without:
            continue
        about = rules.sections.fields[line.key]
        standing = standing_of(rules, about)
        typed = form.typed(line.key, standing).strip()
        if typed == standing:
            continue
        try:
            kept = as_kept(about, typed)
            rules.with_change(line.key, kept)
            changes[line.key] = kept
        except BadInput as problem:
            form.wrong(line.key, labelled(rules, problem.sentence.removeprefix(f"{line.key}：")))
    for key, sentence in _disagreeing(rules, {} if form.errors else changes):
        form.wrong(key, labelled(rules, sentence))
    return changes


def _disagreeing(rules: Rules, changes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What cannot stand beside another decision, each right by itself: the key of its field, and why."""
    for key, kept in changes.items():
        try:
            rules = rules.with_change(key, kept)
        except BadInput as problem:
            yield key, problem.sentence.partition("：")[2]


def labelled(rules: Rules, sentence: str) -> str:
    """A sentence in which settings are named as the page names them, not by their keys."""
    for key, about in sorted(rules.sections.fields.items(), key=lambda each: -len(each[0])):
        sentence = sentence.replace(key, f"“{_(about.label)}”")
    return sentence


def _decision(rules: Rules, line: RuleLine, about: Field) -> OpenDecision:
    label = _("%(label)s（课时）") % {"label": _(about.label)} if about.form is hundredths else _(about.label)
    shown = replace(line, label=label, value=standing_of(rules, about))
    options = tuple((value, _(about.say(value))) for value in line.allowed)
    return OpenDecision(
        shown,
        _typed_as(about),
        is_needed(about),
        options,
        _("例如 2023-06-30 18:00；只写日期就算到当天 24:00。") if about.form is instant else "",
    )


def standing_of(rules: Rules, about: Field) -> str:
    """A preset's value as its field holds it."""
    if about.form in {hundredths, bands_form}:
        return as_typed(about, rules.value_of(about.key)).replace("\n", "、")
    return rules.line(about.key).value


def _settled(rules: Rules, line: RuleLine) -> RuleLine:
    """A setting that nobody is asked about, as people read it."""
    about = rules.sections.fields[line.key]
    return replace(line, label=_(about.label), value=in_words(about, line.value))


def _typed_as(about: Field) -> str:
    if about.allowed and about.type == "str":
        return "choice"
    return "date" if about.form is day else "number" if about.type == "int" and about.form is not hundredths else "text"


def _asked(rules: Rules) -> list[RuleLine]:
    """What an organizer looks at first, then what the notice leaves open."""
    lines, about = rules.show(), rules.sections.fields
    return [line for line in lines if about[line.key].is_asked] + [line for line in lines if line.is_open]
