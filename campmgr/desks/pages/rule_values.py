"""How a setting stands on pages and is typed there: codes as words, times as they are here, class-hours as 7.50."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from campmgr.areas.hours.rules.length_bands import bands_words, read_bands
from campmgr.areas.hours.settings import bands_form
from campmgr.clock import moment_text, until_words
from campmgr.errors import BadInput
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, Form, Value
from campmgr.settings.reading import hundredths, instant, read_text
from campmgr.web.i18n import _
from campmgr.wording import hours_text, hundredths_of, normal

_BETWEEN = re.compile(r"[\n、，,；;]")


def in_words(about: Field | None, told: str) -> str:
    """A value as people read it: words for its codes, times as they are here, the entries of a list each on a line of its own."""
    if about is None or not told:
        return told
    if about.form in _SAID:
        return _SAID[about.form](told)
    if told.startswith("["):
        return "\n".join(json.loads(told))
    if about.type == "tuple[str, ...]":
        return "、".join(_(about.say(word)) for word in told.split("、"))
    return _(about.say(told))


def _hours_said(told: str) -> str:
    return _("%(hours)s 课时") % {"hours": hours_text(int(told))} if told.isdigit() else told


_SAID: dict[Form | None, Callable[[str], str]] = {
    instant: until_words,
    hundredths: _hours_said,
    bands_form: lambda told: bands_words(read_bands(told.split("、")) or ()) or told,
}


def as_typed(about: Field, value: Value) -> str:
    """A value as its field in a form holds it; the entries of a list each on a line of its own."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if about.form is hundredths and isinstance(value, int):
        return hours_text(value)
    if about.form is bands_form and isinstance(value, tuple):
        return "\n".join(f"{least}={hours_text(worth)}" for least, worth in read_bands(value) or ())
    if isinstance(value, tuple):
        return "\n".join(value)
    return moment_text(value) if about.form is instant and isinstance(value, str) and value else str(value)


def as_kept(about: Field, typed: str) -> str:
    """What was typed as the rules read it: class-hours in hundredths. Raises BadInput for what is no class-hours."""
    if about.form is hundredths:
        worth = hundredths_of(typed)
        if worth is None or not about.least <= worth <= about.most:
            least, most = hours_text(about.least), hours_text(about.most)
            raise BadInput(f"请填课时数，从 {least} 到 {most}，最多两位小数，例如 8 或 7.50。", reason="bad_number")
        return str(worth)
    if about.form is bands_form:
        parts = [part.partition("=") for part in _BETWEEN.split(normal(typed)) if part.strip()]
        bands = [f"{least}={hundredths_of(worth)}" for least, _sign, worth in parts]
        if read_bands(bands) is None:
            raise BadInput("请按“起始分钟=课时”分段，如 30=1、15=0.5、0=0.25；时间越长，课时不能越少。", reason="wrong_usage")
        return json.dumps(bands)
    return typed


def is_needed(about: Field) -> bool:
    """Whether something has to stand in its field: nothing at all would be refused."""
    return isinstance(read_text(about, ""), Complaint)
