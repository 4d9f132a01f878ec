"""The rule book: every setting that the areas declare; it reads the rules of one camp from a preset or from the ledger.

A preset is a form to start from. Opening a camp writes the resolved mapping into the ledger, so nothing here may depend on
the preset's file afterwards; a key that an older ledger does not have takes its default (docs/ledger.md#presets).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import getfile
from pathlib import Path
from typing import Any

from campmgr.errors import BadInput
from campmgr.settings.complaints import Complaint, refusal, unknown
from campmgr.settings.fields import Value
from campmgr.settings.reading import quoted, read_value
from campmgr.settings.rules import Rules
from campmgr.settings.sections import Section, Sections, file_of
from campmgr.settings.terms import nearest


class RuleBook:
    """Reads rules by the sections of all areas. Raises ValueError where these do not fit together, as `Sections` says."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self.sections = Sections(sections)
        for section in self.sections.all:
            if hasattr(Rules, section.name):
                raise ValueError(
                    f"{file_of(section.shape)}: {section.name!r} is a word of Rules; templates could not reach the section"
                )
        self.fields = self.sections.fields
        """Every setting by its key, in the order in which they are shown."""

    def from_mapping(self, mapping: Mapping[str, object]) -> Rules:
        """Rules from {section: {name: value}}. Raises BadInput with every complaint at once."""
        rules, complaints = self.understood(mapping)
        if complaints:
            raise refusal(complaints)
        return rules

    def understood(self, mapping: Mapping[str, object]) -> tuple[Rules, tuple[Complaint, ...]]:
        """Rules from whatever the ledger holds, and what of it this version does not understand; never raises.

        For folds: rules written by a newer node must not stop an older one. What is not understood takes its default.
        """
        values: dict[type[Any], dict[str, Value]] = {section.shape: {} for section in self.sections.all}
        complaints: list[Complaint] = []
        for key, found in self._flat(mapping, complaints):
            if key not in self.fields:
                complaints.append(unknown(key, self.fields))
                continue
            about = self.fields[key]
            value = read_value(about, found)
            if isinstance(value, Complaint):
                complaints.append(value)
            else:
                values[about.section][about.name] = value
        complaints += self._absent(mapping)
        rules = Rules(self.sections, {shape: shape(**given) for shape, given in values.items()})
        return rules, tuple(complaints or self.sections.disagreements(rules))

    def parse(self, *texts: str) -> Rules:
        """Rules from TOML, in one text or several. Raises BadInput: "unreadable_file" for no TOML, else every complaint at once."""
        mapping: dict[str, Any] = {}
        for text in texts:
            for section, content in _toml(text).items():
                before = mapping.get(section)
                mapping[section] = before | content if isinstance(before, dict) and isinstance(content, dict) else content
        return self.from_mapping(mapping)

    def preset_names(self) -> tuple[str, ...]:
        """The presets that come with the program."""
        return tuple(sorted({path.stem for folder in self._folders() for path in folder.glob("*.toml")}))

    def preset(self, name: str) -> Rules:
        """A shipped preset by its name. Raises BadInput "unknown_word" for a name that is not there.

        It stands in parts: each area's is in the folder `presets` beside the file that declares its sections.
        """
        names = self.preset_names()
        if name not in names:
            raise unknown_preset(name, names)
        files = [folder / f"{name}.toml" for folder in self._folders()]
        return self.parse(*(file.read_text(encoding="utf-8") for file in files if file.exists()))

    def _folders(self) -> list[Path]:
        return list(dict.fromkeys(Path(getfile(section.shape)).parent / "presets" for section in self.sections.all))

    def _flat(self, mapping: Mapping[str, object], complaints: list[Complaint]) -> Iterator[tuple[str, object]]:
        """("section.name", value) pairs; an unknown section, or a value where a section belongs, is complained about once."""
        for section, content in mapping.items():
            if section not in self.sections.parts:
                complaints.append(unknown(section, self.sections.parts))
            elif not isinstance(content, dict):
                complaints.append(Complaint(section, quoted(content), f"一节设置（写成 [{section}]）", "wrong_usage"))
            else:
                yield from ((f"{section}.{name}", found) for name, found in content.items())

    def _absent(self, mapping: Mapping[str, object]) -> Iterator[Complaint]:
        """Complaints about required settings that have no default and are not there."""
        for key, about in self.fields.items():
            content = mapping.get(key.partition(".")[0], {})
            if about.required and not about.default and isinstance(content, dict) and about.name not in content:
                yield Complaint(key, "", f"没有写；{about.label}必填。", "missing_value")


def unknown_preset(name: str, names: Sequence[str]) -> BadInput:
    """The refusal of a preset that is not there, with the nearest that is."""
    close = nearest(name, names)
    return BadInput(
        f"没有名为“{name}”的预设。" + (f"是不是“{close}”？" if close else ""),
        reason="unknown_word",
        hint="可用的预设：" + "、".join(names),
    )


def _toml(text: str) -> dict[str, Any]:
    import tomllib  # -- slow import: most commands read their rules from the ledger

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        sentence = f"规则文件不是有效的 TOML：{trouble}"
        raise BadInput(sentence, reason="unreadable_file", hint="请检查引号、方括号是否成对。") from trouble
