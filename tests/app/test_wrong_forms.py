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


def _complaints(pages, parts: dict[str, str], wrong: Wrong) -> list[str]:
    """What is not as it should be with a form's answer."""
    path = wrong.path.format(**parts)
    typed = {name: value.format(**parts) for name, value in wrong.typed.items()}
    before = see(pages, wrong.before.format(**parts), wrong.who) if wrong.before else ""
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', before))
    files = {name: (BytesIO(b"\x00nonsense"), "x.bin") for name in wrong.files}
    browser = pages.browser(wrong.who)
    if wrong.by_get:
        answer = browser.get(path, query_string=typed)
    else:
        answer = browser.post(path, data={**carried, **typed, **files}, headers=OWN, content_type="multipart/form-data")
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
