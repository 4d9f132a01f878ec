"""The rules of a camp: read from a preset or from the ledger, shown, changed one key at a time (docs/ledger.md#presets).

A preset is a form to start from. Opening a camp writes the resolved mapping into the ledger, so nothing here may depend on
the preset's file afterwards; a key that an older ledger does not have takes its default.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from campmgr import ids
from campmgr.errors import BadInput
from campmgr.settings import sections
from campmgr.settings.fields import Complaint, Field, Value, described, plain, quoted, read_text, read_value, shown
from campmgr.settings.terms import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent / "presets"

_SECTIONS: dict[str, type[Any]] = {
    "preset": sections.Preset,
    "camp": sections.Camp,
    "warm_up": sections.WarmUp,
    "live": sections.Live,
    "people": sections.People,
    "taking_part": sections.TakingPart,
    "hours": sections.Hours,
    "doubts": sections.Doubts,
    "certificate": sections.Certificate,
    "works": sections.Works,
    "ranking": sections.Ranking,
    "anomalies": sections.Anomalies,
    "roll_up": sections.RollUp,
    "publicity": sections.Publicity,
    "summaries": sections.Summaries,
    "limits": sections.Limits,
}

FIELDS: dict[str, Field] = {key: about for name, shape in _SECTIONS.items() for key, about in described(name, shape).items()}
"""Every setting by its key, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A camp's resolved rules; `areas.hours.rules.credit.unit_minutes` is the setting "hours.unit_minutes"."""

    preset: sections.Preset
    camp: sections.Camp
    warm_up: sections.WarmUp
    live: sections.Live
    people: sections.People
    taking_part: sections.TakingPart
    hours: sections.Hours
    doubts: sections.Doubts
    certificate: sections.Certificate
    works: sections.Works
    ranking: sections.Ranking
    anomalies: sections.Anomalies
    roll_up: sections.RollUp
    publicity: sections.Publicity
    summaries: sections.Summaries
    limits: sections.Limits

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Self:
        """Rules from {section: {name: value}}. Raises BadInput with every complaint at once."""
        values, complaints = _read(mapping)
        if complaints:
            raise _refusal(complaints)
        return cls(**{name: shape(**values[name]) for name, shape in _SECTIONS.items()})

    @classmethod
    def understood(cls, mapping: Mapping[str, object]) -> tuple[Self, tuple[Complaint, ...]]:
        """Rules from whatever the ledger holds, and what of it this version does not understand; never raises.

        For folds: rules written by a newer node must not stop an older one. What is not understood takes its default.
        """
        values, complaints = _read(mapping)
        return cls(**{name: shape(**values[name]) for name, shape in _SECTIONS.items()}), complaints

    def to_mapping(self) -> dict[str, dict[str, str | int | bool | list[str]]]:
        """The resolved rules as JSON: strings, integers, booleans, lists, dicts. `from_mapping` of it gives equal rules."""
        mapping: dict[str, dict[str, str | int | bool | list[str]]] = {name: {} for name in _SECTIONS}
        for key in FIELDS:
            section, name = key.split(".")
            mapping[section][name] = plain(value_of(self, key))
        return mapping


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A setting as `rules show` prints it."""

    key: str
    value: str
    label: str
    source: str
    is_open: bool
    says: str
    allowed: tuple[str, ...]


def preset_names() -> tuple[str, ...]:
    """The presets that come with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if not path.stem.endswith(".example")))


def load_preset(name: str) -> Rules:
    """A shipped preset by its name. Raises BadInput "unknown_word" for a name that is not there."""
    names = preset_names()
    if name not in names:
        close = nearest(name, names)
        raise BadInput(
            f"没有名为“{name}”的预设。" + (f"是不是“{close}”？" if close else ""),
            reason="unknown_word",
            hint="可用的预设：" + "、".join(names),
        )
    return parse((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Rules:
    """Rules from TOML text. Raises BadInput: "unreadable_file" when it is no TOML, else every complaint at once."""
    import tomllib  # -- slow import: most commands read their rules from the ledger

    try:
        mapping = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        sentence = f"规则文件不是有效的 TOML：{trouble}"
        raise BadInput(sentence, reason="unreadable_file", hint="请检查引号、方括号是否成对。") from trouble
    return Rules.from_mapping(mapping)


def complaints_about(mapping: Mapping[str, object]) -> tuple[Complaint, ...]:
    """Everything that is wrong with a mapping of rules, in the order of its keys; empty when nothing is."""
    return _read(mapping)[1]


def digest(rules: Rules) -> str:
    """SHA-256 of the resolved rules in canonical form, as 64 hex digits."""
    return ids.sha256(ids.canonical(rules.to_mapping()))


def show(rules: Rules) -> tuple[RuleLine, ...]:
    """Every setting with its value, label, source and whether the notice leaves it open."""
    return tuple(
        RuleLine(key, shown(value_of(rules, key)), about.label, about.source, about.is_open, about.says, about.allowed)
        for key, about in FIELDS.items()
    )


def value_of(rules: Rules, key: str) -> Value:
    """The value of one setting. Raises BadInput "unknown_rule" with the nearest known key."""
    _known(key)
    section, name = key.split(".")
    value: Value = getattr(getattr(rules, section), name)
    return value


def with_change(rules: Rules, key: str, text: str) -> Rules:
    """The rules with one setting changed to a typed value (`rules set KEY VALUE`).

    Raises BadInput: "unknown_rule" with the nearest known key, or the complaint about the value.
    """
    value = read_text(_known(key), text)
    if isinstance(value, Complaint):
        raise _refusal((value,))
    section, name = key.split(".")
    changed = replace(rules, **{section: replace(getattr(rules, section), **{name: value})})
    if disagreements := tuple(_disagreements(changed.to_mapping())):
        raise _refusal(disagreements)
    return changed


def _known(key: str) -> Field:
    if key not in FIELDS:
        raise _refusal((_unknown(key, FIELDS),))
    return FIELDS[key]


def _read(mapping: Mapping[str, object]) -> tuple[dict[str, dict[str, Value]], tuple[Complaint, ...]]:
    """Values by section, defaults filled in, and the complaints."""
    values: dict[str, dict[str, Value]] = {name: {} for name in _SECTIONS}
    complaints: list[Complaint] = []
    for key, found in _flat(mapping, complaints):
        section, _, name = key.partition(".")
        if key not in FIELDS:
            complaints.append(_unknown(key, FIELDS))
        elif isinstance(value := read_value(FIELDS[key], found), Complaint):
            complaints.append(value)
        else:
            values[section][name] = value
    complaints += _absent(mapping)
    if not complaints:
        complaints += _disagreements(values)
    return values, tuple(complaints)


def _flat(mapping: Mapping[str, object], complaints: list[Complaint]) -> Iterator[tuple[str, object]]:
    """("section.name", value) pairs; an unknown section, or a value where a section belongs, is complained about once."""
    for section, content in mapping.items():
        if section not in _SECTIONS:
            complaints.append(_unknown(section, _SECTIONS))
        elif not isinstance(content, dict):
            complaints.append(Complaint(section, quoted(content), f"一节设置（写成 [{section}]）", "wrong_usage"))
        else:
            yield from ((f"{section}.{name}", found) for name, found in content.items())


def _absent(mapping: Mapping[str, object]) -> Iterator[Complaint]:
    """Complaints about required settings that have no default and are not there."""
    for key, about in FIELDS.items():
        section, name = key.split(".")
        content = mapping.get(section, {})
        if about.form == "filled" and not about.default and isinstance(content, dict) and name not in content:
            yield Complaint(key, "", f"没有写；{about.label}必填。", "missing_value")


def _disagreements(values: Mapping[str, Mapping[str, Any]]) -> Iterator[Complaint]:
    """Complaints about settings that are each right but do not go together."""
    for section in ("warm_up", "live"):
        start, end = values[section].get("starts_on", ""), values[section].get("ends_on", "")
        if start and end and end < start:
            yield Complaint(f"{section}.ends_on", quoted(end), f"不早于 {section}.starts_on（{start}）的日期", "bad_date")


def _unknown(key: str, known: Mapping[str, object]) -> Complaint:
    close = nearest(key, known)
    return Complaint(key, "", f"没有这一项设置；是不是“{close}”？" if close else "没有这一项设置。", "unknown_rule")


def _refusal(complaints: tuple[Complaint, ...]) -> BadInput:
    """One refusal for all complaints; its reason is the first one's."""
    sentences = "\n".join(each.sentence for each in complaints)
    return BadInput(sentences, reason=complaints[0].reason, hint="用 campmgr rules show 查看全部设置和可用的值。")
