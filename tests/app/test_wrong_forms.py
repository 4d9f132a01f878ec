"""Whatever is wrong in a form is said beside its field, with everything typed kept: no page that refuses and forgets."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

from tests.app.wrong_forms import NOTHING_TYPED, WRONG, Wrong
from tests.kit.office import see
from tests.kit.pages import OWN

HEAD = "作品链接,标题,作者,单位,点赞数,播放数\n"


def test_every_form_has_a_wrong_value_or_nothing_to_type(pages):
    views = {rule.endpoint for rule in pages.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    named = {view for view, wrong in WRONG.items() if not wrong.by_get} | NOTHING_TYPED.keys()
    assert not views - named, f"give each a wrong value in tests/app/wrong_forms.py: {sorted(views - named)}"
    assert not named - views, f"these views are no more: {sorted(named - views)}"
    assert not WRONG.keys() & NOTHING_TYPED.keys()


def test_a_wrong_value_is_told_beside_its_field_and_all_that_was_typed_stands_again(pages, one_of_each):
    found = [f"{view}: {said}" for view, wrong in WRONG.items() for said in _complaints(pages, one_of_each, wrong)]
    assert not found, "\n".join(found)


def test_every_field_that_is_drawn_refuses_beside_itself_what_it_cannot_hold(pages, one_of_each):
    told = {}
    for view, wrong in WRONG.items():
        drawn = unescape(_sent(pages, one_of_each, wrong, {}).text)
        for field, value in _impossible(drawn).items():
            if field in wrong.typed and field != wrong.field and (view, field) not in TOLD_ELSEWHERE:
                answer = _sent(pages, one_of_each, wrong, {field: value})
                text = unescape(answer.text)
                beside = re.search(rf'id="e-{re.escape(field)}1?"[^>]*>\s*[^<\s]', text)
                told[f"{view} {field}"] = (answer.status_code, bool(beside), _stands(text, field, value))
    assert len(told) > 40
    assert {each: said for each, said in told.items() if said != (422, True, True)} == {}


TOLD_ELSEWHERE = {
    ("marking.record", "other_day"): "beside the days of which it is one",
    ("me.find_sent", "phone_end"): "with the code: which of the two is wrong is told to nobody who guesses",
    ("office_prizes.ranking", "at"): "what else is wrong with a search is told after its first mistake",
    ("office_prizes.ranking", "unit"): "the same",
}
"""(view, field) -> where a wrong value of it is told."""

_FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
_NOT_TYPED = ("hidden", "password", "radio", "checkbox", "file", "search")


def _impossible(text: str) -> dict[str, str]:
    """A value for each field of a page that it cannot hold: no day, no number, one character too many."""
    found = {}
    for tag in _FIELD.findall(text):
        name, most = re.search(r'\sname="([\w-]+)"', tag), re.search(r'maxlength="(\d+)"', tag)
        if name is None or any(f'type="{each}"' in tag for each in _NOT_TYPED):
            continue
        if 'type="date"' in tag or 'type="datetime-local"' in tag:
            found[name[1]] = "昨天"
        elif 'type="number"' in tag or 'inputmode="numeric"' in tag:
            found[name[1]] = "很多"
        elif most:
            found[name[1]] = "很" * (int(most[1]) + 1)
    return found


def _sent(pages, parts: dict[str, str], wrong: Wrong, more: dict[str, str]):
    """A form's answer to its wrong value and more of them."""
    path = wrong.path.format(**parts)
    typed = {name: value.format(**parts) for name, value in wrong.typed.items()} | more
    before = see(pages, wrong.before.format(**parts), wrong.who) if wrong.before else ""
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', before))
    files = {name: (BytesIO(b"\x00nonsense"), "x.bin") for name in wrong.files}
    browser = pages.browser(wrong.who)
    if wrong.by_get:
        return browser.get(path, query_string=typed)
    return browser.post(path, data={**carried, **typed, **files}, headers=OWN, content_type="multipart/form-data")


def _complaints(pages, parts: dict[str, str], wrong: Wrong) -> list[str]:
    """What is not as it should be with a form's answer."""
    answer, typed = _sent(pages, parts, wrong, {}), {name: value.format(**parts) for name, value in wrong.typed.items()}
    text = unescape(answer.text)
    said = [] if answer.status_code == (404 if wrong.path == "/p/" else 422) else [f"answers {answer.status_code}"]
    if not re.search(rf'id="e-{re.escape(wrong.field)}"[^>]*>\s*[^<\s]', text):
        said.append(f"no sentence with the id e-{wrong.field}")
    if not re.search(rf'aria-describedby="[^"]*\be-{re.escape(wrong.field)}(?=[ "])', text):
        said.append("no field points to the sentence")
    lost = [name for name, value in typed.items() if value and name not in wrong.secret and not _stands(text, name, value)]
    return [*said, *(f"{name} is lost" for name in lost)]


def _stands(text: str, name: str, value: str) -> bool:
    """Whether a field holds a value: typed, chosen or ticked."""
    at = re.escape(name)
    inputs = [tag for tag in re.findall(r"<(?:input|button)\b[^>]*>", text, re.DOTALL) if re.search(rf'name="{at}"', tag)]
    if any(
        f'value="{value}"' in tag and (('type="radio"' not in tag and 'type="checkbox"' not in tag) or "checked" in tag)
        for tag in inputs
    ):
        return True
    areas = re.findall(rf'<textarea[^>]*name="{at}"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    if any(value == area.strip("\n") for area in areas):
        return True
    selects = re.findall(rf'<select[^>]*name="{at}"[^>]*>(.*?)</select>', text, re.DOTALL)
    chosen = rf'<option value="{re.escape(value)}"[^>]* selected|<option selected>{re.escape(value)}<'
    return any(re.search(chosen, select) for select in selects)
