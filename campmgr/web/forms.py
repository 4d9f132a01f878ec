"""Reading form fields into typed values, with a Chinese sentence beside each field that is wrong.

    form = Form.sent()
    unit, on = form.text("unit", most=20), form.day("on")
    if not form.errors:
        with writing() as (w, world), form.beside("on", BadInput, Refused):
            record(w, unit, on, client_id=form.client_id)
            return respond.go(url_for("marking.choose", code=unit))
    return _page(unit, form, 422)

The same object shows the form again as typed; `form.first` is the field to focus. `client_id` is minted when the form is first
rendered and kept through every correction, so pressing twice records once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType

from flask import g, request

from campmgr.clock import HOW_TO_WRITE, parse_day, typed_instant, until_instant, utc_text
from campmgr.errors import CampError
from campmgr.facts.finding import Offer, Offering
from campmgr.ids import canonical, random_id, sha256
from campmgr.wording import normal, unpadded

CLIENT_ID = "client_id"

_HOW_TO_PICK = "请输入名称里的几个字、拼音首字母或编号，再从下面选择。"
_UNIT_OF_MINUTES = re.compile(r"(?<=\d)\s*(分钟|分|minutes?|mins?)\.?$", re.IGNORECASE)
SHOWN = "shown"
STALE = "这张表单是为别的内容画的，还没有保存。下面是现在的情况，请看一眼再按一次。"


def shown_of(*parts: object) -> str:
    """What a form is drawn for, as one short word: the list it stands under, the state it changes. Equal parts, equal word."""
    return sha256(canonical([str(part) for part in parts]))[:16]


class Form:
    """A form as it stands: what was typed, and what is wrong with it."""

    def __init__(self, typed: Mapping[str, str] | None = None, several: Mapping[str, list[str]] | None = None) -> None:
        self._typed = dict(typed or {})
        self._several = several or {}
        self.errors: dict[str, str] = {}
        self.is_resumed = False
        self.offered: dict[str, Sequence[Offer]] = {}
        self.client_id = self._typed.get(CLIENT_ID, "")[:64] or random_id()

    @classmethod
    def sent(cls) -> Form:
        """The form of the request in hand."""
        several = request.form.to_dict(flat=False)
        return cls({name: values[0] for name, values in several.items()}, several)

    @classmethod
    def kept(cls, typed: Mapping[str, str] | None = None, several: Mapping[str, list[str]] | None = None) -> Form:
        """The form of a page as somebody left it there, where they did (`web/unsaved.py`); else with these values."""
        left = g.get("left")
        if left is None:
            return cls(typed, several)
        g.is_resumed = True
        boxes: dict[str, list[str]] = {}
        for name, value in left.fields:
            boxes.setdefault(name, []).append(value)
        form = cls({**(typed or {}), **{name: values[-1] for name, values in boxes.items()}}, boxes)
        form.is_resumed = True
        return form

    def clean(self) -> Form:
        """The same form without what is wrong with it: as typed, and not judged yet."""
        return Form(self._typed, self._several)

    @property
    def shown_then(self) -> str:
        """What a form that was left was drawn for: not what its page would be drawn for now. "" for any other form."""
        return self.typed(SHOWN) if self.is_resumed else ""

    @property
    def first(self) -> str:
        """The first field that is wrong; ""."""
        return next(iter(self.errors), "")

    @property
    def status(self) -> int:
        """The status of an answer that shows the form again: 409 where it was drawn for something else, 422 for what is wrong."""
        return 409 if SHOWN in self.errors else 422

    def is_stale(self, shown: str, sentence: str = STALE) -> bool:
        """Whether the form was drawn for something else than `shown`, what `shown_of` makes of how it is now.

        Then nothing may be recorded: the sentence stands above the form, which is drawn anew (`ui.stale`, `ui.shown`).
        """
        stale = self.typed(SHOWN) != shown
        if stale:
            self.errors[SHOWN] = sentence
        return stale

    def typed(self, name: str, otherwise: str = "") -> str:
        """What was typed into a field, as it was."""
        return self._typed.get(name, otherwise)

    def is_ticked(self, name: str, value: str = "1") -> bool:
        """Whether a box was ticked, or one of several was."""
        return value in self._several.get(name, [])

    def how_many(self, name: str) -> int:
        """How many boxes of a name were ticked, whatever they stand for."""
        return len(set(self._several.get(name, [])))

    def error(self, name: str) -> str:
        """What is wrong with a field; ""."""
        return self.errors.get(name, "")

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first complaint stands."""
        self.errors.setdefault(name, sentence)

    def refuse(self, name: str, problem: CampError) -> None:
        """Note an action's refusal beside the field it is about."""
        self.wrong(name, problem.sentence + problem.hint)

    def beside(self, name: str, *kinds: type[CampError], by_reason: Mapping[str, str] | None = None) -> Beside:
        """What the block refuses stands beside a field, or beside that of its reason; errors of other kinds go on."""
        return Beside(self, name, kinds, by_reason or {})

    def text(self, name: str, *, required: bool = True, most: int = 200) -> str:
        """A line of text, tidied: outer blanks and control characters off, composed form. 𠮷 and <b> are just characters."""
        value = "".join(each for each in normal(self.typed(name), "NFC").strip() if each.isprintable())
        if required and not value:
            self.wrong(name, "请填写这一项。")
        elif len(value) > most:
            self.wrong(name, f"最多 {most} 个字，现在是 {len(value)} 个。")
        return value

    def person_name(self, name: str, *, required: bool = True, most: int = 200) -> str:
        """Somebody's name, as `text`, written as a spreadsheet's is: 张　三 is 张三, on the certificate too."""
        return unpadded(self.text(name, required=required, most=most))

    def secret(self, name: str) -> str:
        """A password, exactly as typed."""
        value = self.typed(name)
        if not value:
            self.wrong(name, "请填写这一项。")
        return value

    def choice(self, name: str, allowed: Collection[str], *, required: bool = True) -> str:
        """One word of a list; "" where none is needed and none was chosen."""
        value = self.typed(name)
        if (value or required) and value not in allowed:
            self.wrong(name, "请从列表中选择一项。")
            return ""
        return value

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Every ticked word of a list; others are passed over."""
        return tuple(each for each in self._several.get(name, []) if each in allowed)

    def pick(self, name: str, find: Offering, *, required: bool = True, most: int = 80) -> str:
        """What a field of `pick.field` means: the id of what was chosen among those offered, else of what alone fits the text.

        "" where nothing was typed; and, with a sentence beside the field, where nothing fits, or several do and are offered.
        """
        text = self.text(name, required=required, most=most)
        if not text or name in self.errors:
            return ""
        chosen = self.typed(f"{name}.chosen") if self.typed(f"{name}.for") == self.typed(name) else ""
        found = [each for each in find(chosen or text) if not chosen or each.value == chosen]
        self.offered[name] = found
        if len(found) == 1:
            return found[0].value
        self.wrong(name, f"有几个都可能是“{text}”，请选一个。" if found else f"没有找到“{text}”，或不在您的范围内。{_HOW_TO_PICK}")
        return ""

    def number(self, name: str, least: int, most: int, *, required: bool = True) -> int | None:
        """A whole number within limits; None where nothing was typed, or it is wrong."""
        return self._whole(name, normal(self.typed(name)).strip(), least, most, required=required)

    def _whole(self, name: str, value: str, least: int, most: int, *, required: bool) -> int | None:
        if not value:
            if required:
                self.wrong(name, "请填写这一项。")
            return None
        if not (value.isascii() and value.isdigit() and len(value) < 16 and least <= int(value) <= most):
            self.wrong(name, f"请填 {least} 到 {most} 之间的整数。")
            return None
        return int(value)

    def minutes(self, name: str, least: int, most: int, *, required: bool = True) -> int | None:
        """Minutes within limits, as people write them: 40, 40分钟, 40 分, 40min. As `number` otherwise."""
        return self._whole(name, _UNIT_OF_MINUTES.sub("", normal(self.typed(name)).strip()), least, most, required=required)

    def day(self, name: str, *, required: bool = True) -> str:
        """A calendar day as 2023-06-10; "" where none is needed and none was typed."""
        value = self.typed(name).strip()
        if not value and not required:
            return ""
        try:
            return parse_day(value)
        except ValueError:
            self.wrong(name, "请填日期，例如 2023-06-10。")
            return ""

    def until(self, name: str, *, required: bool = True) -> str:
        """A cut-off in its stored form; a day alone counts until its 24:00. "" where none is needed and none was typed."""
        return self._instant(name, until_instant, HOW_TO_WRITE, required=required)

    def instant(self, name: str, *, required: bool = True) -> str:
        """A day and a time in their stored form; "" where none is needed and none was typed."""
        return self._instant(name, typed_instant, "请写日期和时间，例如 2023-06-10 19:30。", required=required)

    def _instant(self, name: str, read: Callable[[str], datetime], how: str, *, required: bool) -> str:
        value = self.typed(name).strip()
        if not value and not required:
            return ""
        try:
            return utc_text(read(value[:80]))
        except (ValueError, OverflowError):
            self.wrong(name, how)
            return ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A block of which refusals stand in a form; see `Form.beside`."""

    form: Form
    name: str
    kinds: tuple[type[CampError], ...]
    by_reason: Mapping[str, str]

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: type[BaseException] | None, problem: BaseException | None, _trace: TracebackType | None) -> bool:
        if not isinstance(problem, self.kinds):
            return False
        self.form.refuse(self.by_reason.get(problem.reason, self.name), problem)
        return True
