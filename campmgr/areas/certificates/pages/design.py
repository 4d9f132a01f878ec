"""How certificates look: a preview with made-up names, whose names stand below (F-04), the seal (F-20)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, make_response, request, url_for

from campmgr.accounts.queries import holds_all
from campmgr.areas.camp.settings import Camp
from campmgr.areas.certificates.actions import design as actions
from campmgr.areas.certificates.files.seal import MOST_BYTES, tidy_seal
from campmgr.areas.certificates.files.sheet import CertificateDesign, look_of, picture
from campmgr.areas.certificates.queries.listed import valid_certificates
from campmgr.areas.certificates.queries.prints import PrintedCertificate, seal_picture
from campmgr.areas.certificates.rules import issuers_of
from campmgr.areas.certificates.settings import Certificate
from campmgr.clock import today_of
from campmgr.errors import CampError, NotFound
from campmgr.facts.world import World
from campmgr.ids import certificate_number
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, Result, ResultLine
from campmgr.web.current import me, own_address, press, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_look", __name__, url_prefix="/office/certificates")

SAMPLES = (
    ("王芳", "两个字"),
    ("林小明", "三个字"),
    ("欧阳娜娜", "四个字"),
    ("𠮷䶮㼆𪚥", "生僻字"),
    ("阿卜杜热合曼·买买提江·艾", "十二个字"),
    ("古丽米热·阿不都热合曼·买买提艾力江·苏", "二十个字"),
)
"""Made-up names, each with what it is to show."""

SHAPES = {"sheet": 72, "phone": 127}
"""Points to the inch by which a preview is drawn: a page of a laptop's width, a phone's picture at half its size."""


_LONGEST = 2000
"""Characters of a list of bodies."""


@dataclass(frozen=True, slots=True)
class DesignPreviewPage:
    """The samples, and what stands behind them. `problem`: why nothing can be shown, "" for nothing. `version` changes with what
    is shown; `seal` says whether the seal is "here", set but "elsewhere", or "" for none.
    """

    samples: tuple[tuple[str, str], ...]
    issuers: tuple[str, ...]
    opener: str
    confirmed: bool
    seal: str
    template: str
    problem: str
    hint: str
    version: str
    may_change: bool
    form: Form


@dataclass(frozen=True, slots=True)
class IssuersPage:
    """The question before other bodies' names stand on certificates: who signs now, who the notice names."""

    now: tuple[str, ...]
    opener: str
    notice: tuple[str, ...]
    confirmed: bool
    form: Form


@area.get("/preview")
@require("organizer")
def preview() -> Answer:
    """Certificates of made-up people, as pictures."""
    return _preview(Form())


@area.get("/preview/<int:sample>-<shape>.png")
@require("organizer")
def sample(sample: int, shape: str) -> Answer:
    """One of them. Raises NotFound, BadInput "bad_template"."""
    if sample >= len(SAMPLES) or shape not in SHAPES:
        raise NotFound("没有这张预览图。", reason="no_such_page")
    with reading() as (r, world):
        look = _sample_look(look_of(r, world, press()))
        made_up = _made_up(r, world, sample)
    answer = make_response(picture(look, made_up, shape, SHAPES[shape]))
    answer.content_type = "image/png"
    return answer


@area.get("/issuers")
@require("organizer")
def issuers() -> Answer:
    """Whose names stand on certificates, and the form to confirm others."""
    return _issuers(Form())


@area.post("/issuers")
@require("organizer")
def confirm() -> Answer:
    """Confirm the issuing bodies, one a line; none gives the name back to the unit that opened the camp."""
    form = Form.sent()
    typed = form.typed("bodies")
    if len(typed) > _LONGEST:
        form.wrong("bodies", _("最多 %(most)s 个字，现在是 %(n)s 个。") % {"most": _LONGEST, "n": len(typed)})
    bodies = list(dict.fromkeys(filter(None, map(str.strip, typed.splitlines()))))
    reason = form.text("reason", most=200)
    if bodies and not form.is_ticked("agreed"):
        form.wrong("agreed", _("确认上述单位都同意落款后，请在这里打勾。"))
    if form.errors:
        return _issuers(form, 422)
    with writing() as (w, world):
        actions.confirm_issuers(w, bodies, reason, whole_camp(world).actor)
        return told(w, _("已确认落款单位。"), url_for("office_look.preview"))


@area.post("/seal")
@require("organizer")
def seal() -> Answer:
    """Take in the seal. Another data file's organizer may bring the very picture that is set, the whole camp's any."""
    form, upload = Form.sent(), request.files.get("file")
    data = upload.stream.read(MOST_BYTES + 1) if upload else b""
    if upload:
        upload.close()
    try:
        made = tidy_seal(data)
    except CampError as problem:
        form.refuse("file", problem)
        return _preview(form, problem.status)
    with writing() as (w, world):
        account = me() if made.digest == world.rules[Certificate].seal else whole_camp(world)
        actions.set_seal(w, made.digest, made.png, _("上传印章图片"), account.actor)
        return told(w, _("已换上这枚印章，看看下面的样张。"), url_for("office_look.preview"))


@area.get("/seal/remove")
@require("organizer")
def before_removing_seal() -> Answer:
    """What printing without a seal means, before it is so."""
    with reading() as (r, world):
        before = _removing_seal(r, world)
    return respond.before(before, Form()) if before else respond.go(url_for("office_look.preview"))


@area.post("/seal/remove")
@require("organizer")
def remove_seal() -> Answer:
    """Print without a seal from now on; sent twice it is so once."""
    form = Form.sent()
    with writing() as (w, world):
        before = _removing_seal(w, world)
        if before and not before.is_agreed(form):
            return respond.before(before, form)
        if before:
            actions.remove_seal(w, _("不再印章"), whole_camp(world).actor)
        return told(w, _("以后印的证书不带印章。"), url_for("office_look.preview"), undo="")


def _removing_seal(r: Reader, world: World) -> Before | None:
    """The page before the seal goes; None where none is set."""
    whole_camp(world)
    if not world.rules[Certificate].seal:
        return None
    is_here = bool(seal_picture(r, world))
    valid = valid_certificates(r, world, me().unit, me().line)
    return Before(
        title=_("不再印章"),
        back=(url_for("office_look.preview"), _("证书样式与预览")),
        result=Result(_("现在的印章"), (
            ResultLine((_("印章图片"), _("在这台电脑上") if is_here else _("不在这台电脑上"))),
            ResultLine((_("有效的证书"), _("%(n)s 份") % {"n": valid})),
        )),
        does=(
            _("从现在起印出和下载的证书都不带印章，已签发的再下载也不带；可以打印后再盖章。"),
            _("印章图片马上从这台电脑删除，不能恢复；要再用，请重新上传图片文件。"),
            _("已经印出去的不受影响，编号和查验也不变。"),
        ),
        button=_("删除印章图片，不再印章"),
    )  # fmt: skip


def _preview(form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        certificate, opener = world.rules[Certificate], _opener(world)
        held = bool(seal_picture(r, world))
        problem = _problem(r, world)
        page = DesignPreviewPage(
            samples=tuple((name, _(words)) for name, words in SAMPLES),
            issuers=issuers_of(certificate, opener),
            opener=opener,
            confirmed=issuers_of(certificate, "") != ("",),
            seal=("here" if held else "elsewhere") if certificate.seal else "",
            template=certificate.template,
            problem=problem.sentence if problem else "",
            hint=problem.hint if problem else "",
            version=f"{world.version[:8]}{int(held)}",
            may_change=holds_all(world, me()),
            form=form,
        )
    return respond.page("certificates/preview.html", page, status)


def _problem(r: Reader, world: World) -> CampError | None:
    """Why the samples cannot be drawn: tried with the first one."""
    try:
        picture(_sample_look(look_of(r, world, press())), _made_up(r, world, 0), "sheet", 18)
    except CampError as problem:
        return problem
    return None


def _issuers(form: Form, status: int = 200) -> Answer:
    with reading() as (_r, world):
        whole_camp(world)
        certificate, opener = world.rules[Certificate], _opener(world)
        confirmed = issuers_of(certificate, "") != ("",)
        page = IssuersPage(issuers_of(certificate, opener), opener, world.rules[Camp].issuers, confirmed, form)
    return respond.page("certificates/issuers.html", page, status)


def _opener(world: World) -> str:
    root = world.tree.units.get(world.root_unit)
    return root.name if root else ""


def _sample_look(look: CertificateDesign) -> CertificateDesign:
    """With an address, so that the code's place is seen."""
    return look if look.base else replace(look, base=own_address())


def _made_up(r: Reader, world: World, sample: int) -> PrintedCertificate:
    """A certificate of nobody: its number is of a person that does not exist, and it proves nothing."""
    number = certificate_number(world.campaign, f"sample {sample}", 1)
    statement = "A" * 200  # as long as a real one, so that the code is as fine
    return PrintedCertificate(number, SAMPLES[sample][0], _("福州市鼓楼区某某小学"), 850, today_of(r.clock), statement)
