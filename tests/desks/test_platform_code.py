"""The platform's QR code: read out of the picture the office was given, saved as any rule, drawn on every poster (F-29)."""

from __future__ import annotations

import io
import re

from campmgr.areas.people.actions.joining import make_join_code
from campmgr.files.qr import qr_picture
from tests.kit.office import see, send

RULE = "/office/rules/taking_part.platform_code"
THEIRS = "https://platform.example.com/live/12345"


def _picture(text: str) -> bytes:
    """A QR code as somebody hands it over."""
    import qrcode

    drawn = io.BytesIO()
    qrcode.make(text).save(drawn)
    return drawn.getvalue()


def _poster(pages) -> str:
    with pages.store.writing() as w:
        code = make_join_code(w, pages.unit("3501-X1")).code
    return see(pages, f"/desk/units/3501-X1/codes/{code}/poster")


def test_a_picture_is_read_into_the_form_and_drawn_on_posters_once_it_is_saved(pages):
    assert "在此粘贴平台二维码" in _poster(pages)
    answer = send(pages, f"{RULE}/picture", picture=(_picture(THEIRS), "code.png"))
    assert (answer.status_code, f'value="{THEIRS}"' in answer.text) == (200, True)
    assert "在此粘贴平台二维码" in _poster(pages), "nothing is saved yet"
    shown = re.findall(r'name="shown" value="([^"]*)"', answer.text)[0]
    assert send(pages, RULE, value=THEIRS, reason="平台给的", shown=shown).status_code == 303
    page = _poster(pages)
    assert ("在此粘贴平台二维码" in page, qr_picture(THEIRS) in page) == (False, True)


def test_what_is_no_code_is_told_at_its_field(pages):
    for answer in (send(pages, f"{RULE}/picture"), send(pages, f"{RULE}/picture", picture=(b"GIF89a", "x.gif"))):
        assert (answer.status_code, 'id="e-picture"' in answer.text) == (422, True)
    assert send(pages, "/office/rules/taking_part.app/picture", picture=(_picture("x"), "x.png")).status_code == 404
