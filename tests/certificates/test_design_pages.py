"""Whose names and which seal stand on certificates, confirmed by a person; the preview with made-up names."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from campmgr.areas.certificates.files.seal import tidy_seal
from campmgr.areas.certificates.files.sheet import look_of
from campmgr.areas.certificates.pages.design import SAMPLES, SHAPES
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.files.press import Press
from tests.kit.desk_story import undone
from tests.kit.office import see, send, told_before

BODIES = "演练省安委办\n演练省教育厅"


def _seal(side: int = 300, mode: str = "RGBA", **info: str) -> bytes:
    picture = Image.new(mode, (side, side), (255, 255, 255, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(picture).ellipse((10, 10, side - 10, side - 10), outline=(200, 20, 30), width=12)
    made = BytesIO()
    picture.save(made, "PNG", **info)
    return made.getvalue()


def _look(pages):
    with pages.store.reading() as r:
        return look_of(r, worlds.load(r), Press(pages.store.path))


@pytest.mark.parametrize("sample", range(len(SAMPLES)))
@pytest.mark.parametrize("shape", SHAPES)
def test_every_sample_is_drawn(pages, sample, shape):
    answer = pages.browser("city").get(f"/office/certificates/preview/{sample}-{shape}.png")
    assert (answer.status_code, answer.data[:8]) == (200, b"\x89PNG\r\n\x1a\n")


def test_the_bodies_of_the_notice_sign_only_after_somebody_confirmed_it(pages):
    opener = _look(pages).issuers
    assert len(opener) == 1
    assert "福建省妇女联合会" in see(pages, "/office/certificates/issuers")
    unticked = send(pages, "/office/certificates/issuers", bodies=BODIES, reason="会议纪要")
    assert (unticked.status_code, _look(pages).issuers) == (422, opener)
    assert send(pages, "/office/certificates/issuers", bodies=BODIES, reason="", agreed="1").status_code == 422
    for _ in range(2):
        assert send(pages, "/office/certificates/issuers", bodies=BODIES, reason="会议纪要", agreed="1").status_code == 303
    assert _look(pages).issuers == ("演练省安委办", "演练省教育厅")
    assert "会议纪要" in see(pages, "/office/rules/")
    assert send(pages, "/office/rules/certificate.issuers", value="演练省教育厅", reason="改").status_code == 303
    assert _look(pages).issuers == opener, "a list changed later is not the one that was confirmed"
    assert send(pages, "/office/certificates/issuers", bodies="", reason="收回").status_code == 303
    assert _look(pages).issuers == opener


def test_a_seal_is_kept_here_and_removed_again(pages):
    assert _look(pages).seal == ""
    assert send(pages, "/office/certificates/seal", "city", file=(_seal(), "章.png")).status_code == 403
    assert send(pages, "/office/certificates/seal", file=(_seal(), "章.png")).status_code == 303
    assert "data:image/png" in _look(pages).seal
    assert "已上传" in see(pages, "/office/certificates/preview")
    with pages.store.writing() as w:
        w.run("delete from local_pictures")
    assert _look(pages).seal == ""
    assert "图片不在这台电脑上" in see(pages, "/office/certificates/preview", "city")
    assert send(pages, "/office/certificates/seal", "city", file=(_seal(280), "别的.png")).status_code == 403
    assert send(pages, "/office/certificates/seal", "city", file=(_seal(), "章.png")).status_code == 303
    assert "data:image/png" in _look(pages).seal
    assert send(pages, "/office/certificates/seal/remove").status_code == 409
    assert "data:image/png" in _look(pages).seal
    for _ in range(2):
        shown = told_before(see(pages, "/office/certificates/seal/remove")) if _look(pages).seal else {}
        assert send(pages, "/office/certificates/seal/remove", **shown).status_code == 303
    assert _look(pages).seal == ""


def test_a_seal_is_taken_back_in_one_press_and_the_earlier_one_stands(pages):
    earlier = send(pages, "/office/certificates/seal", file=(_seal(), "章.png"))
    stood = _look(pages).seal
    other = send(pages, "/office/certificates/seal", file=(_seal(280), "别的.png"))
    assert _look(pages).seal not in {"", stood}
    assert "之后有人在这上面改过 1 次" in see(pages, earlier.location)
    assert undone(pages, other, "root").status_code == 303
    assert _look(pages).seal == stood


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是完整的图片"),
        (_seal()[:-300], "不是完整的图片"),
        (b"GIF89a" + bytes(100), "不是完整的图片"),
        (_seal(100), "印出来会模糊"),
        (_seal(3800), "太大了"),
    ],
)
def test_what_is_no_seal_is_refused_in_a_sentence(pages, data, says):
    answer = send(pages, "/office/certificates/seal", file=(data, "章.png"))
    assert answer.status_code == 422
    assert says in answer.text


def test_a_seal_of_too_many_bytes_is_refused():
    with pytest.raises(BadInput, match="最多 2 MB"):
        tidy_seal(_seal() + bytes(2 * 1024 * 1024))


def test_a_seal_is_drawn_anew_and_its_white_ground_becomes_clear():
    made = tidy_seal(_seal(mode="RGB"))
    with Image.open(BytesIO(made.png)) as picture:
        assert (picture.mode, picture.info) == ("RGBA", {})
        clear, ink = (picture.getchannel("A").crop((150, at, 151, at + 1)).tobytes()[0] for at in (150, 14))
    assert (clear, ink > 240) == (0, True)
    assert tidy_seal(_seal()).digest == tidy_seal(_seal()).digest == tidy_seal(tidy_seal(_seal()).png).digest


def test_a_wrong_template_is_told_on_the_preview_and_stops_nothing_else(pages):
    assert send(pages, "/office/rules/certificate.template", value="没有.typ", reason="试").status_code == 303
    assert "没有证书模板“没有.typ”" in see(pages, "/office/certificates/preview")
    assert pages.browser("root").get("/office/certificates/preview/0-sheet.png").status_code == 404
