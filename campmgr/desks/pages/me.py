"""A participant's own page, behind a link that only they have: hours with reasons, pass, certificate, declarations, leaving."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, make_response, request, url_for

from campmgr.areas.camp.pages import printed
from campmgr.areas.certificates.files.sheet import CertificateDesign, certificate_picture, certificates_pdf, look_of
from campmgr.areas.certificates.queries.camps import as_of_certificate
from campmgr.areas.certificates.queries.prints import PrintedCertificate, certificate_badge, certificate_prints
from campmgr.areas.hours.actions import declarations, own_sign_in
from campmgr.areas.hours.actions.marks import LEAST_MINUTES, MOST_MINUTES, MarkRow
from campmgr.areas.hours.pages.screenshots import sent_picture
from campmgr.areas.hours.queries.declarations import said_already
from campmgr.areas.hours.queries.own_sign_in import own_sign_in as sign_in_state
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.actions import joining, own_pages
from campmgr.areas.people.actions.people import join_again
from campmgr.areas.people.local import is_recovered_page, note_device, other_pages
from campmgr.clock import today_of
from campmgr.desks.queries.histories import HistoryLine, history_lines
from campmgr.desks.queries.my_page import CertificateLine, LessonLine, MyPage, my_page, said_of
from campmgr.desks.queries.person import Shortfall, person_page, shortfalls
from campmgr.errors import CampError, NotAllowed, NotFound, Refused, TooMany
from campmgr.facts.world import World
from campmgr.files.qr import qr_png, qr_svg
from campmgr.ids import random_id
from campmgr.masks import mask_phone
from campmgr.settings.limits import Limits
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import frame, press, reading, writing
from campmgr.web.done import DONE, DoneLine, tell_here, with_done
from campmgr.web.downloads import JWT, PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.rates import Rate, address
from campmgr.web.respond import Answer
from campmgr.wording import check_code, hours_text, normal

area = Blueprint("me", __name__)
area.add_app_template_filter(hours_text, "hours")
area.add_app_template_filter(check_code)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The page of one person. `percent` is how full the ring is; `code` the minted code in groups of four; `phone` is masked;
    `others` how many other links open it.
    """

    mine: MyPage
    rules: Rules
    token: str
    address: str
    is_new: bool
    percent: int
    code: str
    phone: str
    why: tuple[Shortfall, ...]
    doubtful: frozenset[str]
    begun: tuple[LessonLine, ...]
    ahead: tuple[LessonLine, ...]
    certificate: CertificateLine | None
    lessons: tuple[tuple[str, str], ...]
    today: str
    is_clearing: bool
    is_recovered: bool
    may_sign_in: bool
    others: int
    form: Form
    asks_again: bool = False

    @property
    def waiting(self) -> tuple[str, ...]:
        """The lessons that were declared and wait, in words."""
        return tuple(dict.fromkeys(each.name for each in self.mine.declarations if each.state == "waiting"))


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What was recorded about one person."""

    token: str
    name: str
    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class FindPage:
    """The form for somebody who lost their link."""

    form: Form


@area.get("/p/")
@anyone
def find() -> Answer:
    """Find one's own page again."""
    return respond.page("desks/find_me.html", FindPage(Form()))


@area.post("/p/")
@anyone
def find_sent() -> Answer:
    """By the code on the card and the last four digits of the telephone; a few attempts only."""
    form = Form.sent()
    code, end = form.text("code", most=60), normal(form.text("phone_end", most=4))
    if not form.errors:
        try:
            token = own_pages.recover_page(frame().open_store(), code, end, address=address())
        except (NotFound, TooMany) as problem:
            form.refuse("code", problem)
            return respond.page("desks/find_me.html", FindPage(form), problem.status)
        return respond.go(url_for("me.mine", token=token))
    return respond.page("desks/find_me.html", FindPage(form), 422)


@area.get("/p/<token>")
@anyone
def mine(token: str) -> Answer:
    """My page."""
    return _mine(token, Form())


@area.post("/p/<token>/again")
@anyone
def take_part(token: str) -> Answer:
    """Somebody of an earlier camp takes part in the one that is going on."""
    with writing() as (w, _world):
        person = joining.person_of_page(w, token)
        if is_recovered_page(w, token):
            raise NotAllowed("用编码找回的链接只能查看。", hint="请联络员把您带入本届，或扫本届的加入码。")
        join_again(w, person)
    return respond.go(url_for("me.mine", token=token))


@area.post("/p/<token>/declarations")
@anyone
def declare(token: str) -> Answer:
    """Say that I watched a lesson; it waits for the coordinator."""
    with reading() as (r, world):
        joining.person_of_page(r, token)  # before a file is taken in
        form = Form.sent()
        lesson = form.choice("lesson", lessons_of(world))
        picture = sent_picture(form, world.rules[Limits].picture_bytes)
    minutes, day = form.minutes("minutes", LEAST_MINUTES, MOST_MINUTES, required=False), form.day("day")
    if form.errors:
        return _mine(token, form, 422)
    is_again = False
    try:
        with writing() as (w, _world):
            person = joining.person_of_page(w, token)
            before = {each.fact for each in said_already(w, person.person, lesson)}
            row = MarkRow(day, lesson=lesson, minutes=minutes, source="own")
            said = declarations.declare(w, person, row, client_id=form.client_id, picture=picture,
                                        again=form.typed("again") == lesson)  # fmt: skip
            is_again = said in before
            note_device(w, form.typed("device"), person.person)
    except CampError as problem:
        if problem.status not in {409, 422}:
            raise
        _refuse(form, problem)
        return _mine(token, form, problem.status, asks_again=problem.reason == "said_already")
    return _told(token, said, is_again=is_again)


@area.post("/p/<token>/declarations/<fact>/back")
@anyone
def take_back(token: str, fact: str) -> Answer:
    """Take back what I said, while nobody has answered it."""
    with writing() as (w, _world):
        declarations.take_back(w, joining.person_of_page(w, token), fact)
    return _told(token, fact)


def _told(token: str, fact: str, *, is_again: bool = False) -> Answer:
    """On to the page from its top: what was just said (`is_again`: what was said before), where one stands, what waits."""
    return respond.go(with_done(url_for("me.mine", token=token, again="1" if is_again else None), fact))


@area.post("/p/<token>/sign-in")
@anyone
def sign_in(token: str) -> Answer:
    """Sign in today, where the camp lets participants do so themselves. Raises Refused, NotAllowed for a page found again."""
    with writing() as (w, _world):
        if is_recovered_page(w, token):
            raise NotAllowed(_("这个链接还没有经联络员确认是您本人，还不能签到。"), hint=_("请联络员在您的人员页面确认后再签。"))
        said = own_sign_in.sign_in(w, joining.person_of_page(w, token))
    return _told(token, said)


@area.post("/p/<token>/sign-in/<fact>/back")
@anyone
def sign_in_back(token: str, fact: str) -> Answer:
    """Take my signing in back, while no certificate rests on it. Raises NotFound for what is not mine, Refused."""
    with writing() as (w, world):
        person = joining.person_of_page(w, token)
        if any(each.state == "valid" and each.is_present for each in my_page(w, world, person).certificates):
            raise Refused(_("已经发了证书，签到不能收回。"), hint=_("有误请告诉联络员。"))
        own_sign_in.take_back(w, person, fact)
    return _told(token, fact)


@area.get("/p/<token>/history")
@anyone
def history(token: str) -> Answer:
    """What was recorded about me, by whom, and why it was corrected."""
    with reading() as (r, world):
        person = joining.person_of_page(r, token)
        lines = history_lines(r, world, person_page(r, world, person.person).history)
    return respond.page("desks/my_history.html", HistoryPage(token, person.shown_name, lines))


@area.get("/p/<token>/pass.svg")
@anyone
def pass_svg(token: str) -> Answer:
    """The pass as a drawing: the minted code and nothing else (docs/ledger.md#ids)."""
    return _picture(qr_svg(_code(token)).encode("ascii"), "image/svg+xml")


@area.get("/p/<token>/pass.png")
@anyone
def pass_png(token: str) -> Answer:
    """The pass as a picture that a phone keeps among its photos."""
    return _picture(qr_png(_code(token)), "image/png")


@area.get("/p/<token>/certificate.pdf")
@anyone
def certificate_pdf(token: str) -> Answer:
    """My certificate on paper, while I hold a valid one. Raises NotFound, Refused "missing_glyph"."""
    look, found = _certificate(token)
    return download(certificates_pdf(look, [found]), "结业证书.pdf", PDF)


@area.get("/p/<token>/certificate.png")
@anyone
def certificate_png(token: str) -> Answer:
    """The same as a picture that a phone keeps among its photos. Raises as `certificate_pdf` does."""
    look, found = _certificate(token)
    return _picture(certificate_picture(look, found), "image/png")


@area.get("/p/<token>/badge.jwt")
@anyone
def badge(token: str) -> Answer:
    """The same as an Open Badge 3.0. Raises NotFound, NotAllowed where this data file may not sign it."""
    with reading() as (r, world):
        home, number = _valid_certificate(r, world, token)
        text = certificate_badge(r, world, home, number)
    return download(text.encode(), "开放徽章.jwt", JWT)


_PRINTS = Rate("own certificates set", most=120, seconds=600)
"""Setting one takes half a second; a class behind one address fetches theirs in the same lesson."""


def _certificate(token: str) -> tuple[CertificateDesign, PrintedCertificate]:
    _PRINTS.refuse_if_over()
    with reading() as (r, world):
        home, number = _valid_certificate(r, world, token)
        _PRINTS.count()
        return look_of(r, as_of_certificate(r, world, number), press()), certificate_prints(r, world, home, number=number)[0]


def _valid_certificate(r: Reader, world: World, token: str) -> tuple[str, str]:
    """(home, number) of the certificate that its owner holds. Raises NotFound."""
    person = joining.person_of_page(r, token)
    asked = request.args.get("number", "")
    valid = [each for each in my_page(r, world, person).certificates if each.state == "valid" and asked in {"", each.number}]
    if not valid:
        raise NotFound("您现在没有有效的证书。", reason="unknown_certificate", hint="请回到“我的学时”，看还差什么。")
    return person.home, valid[-1].number


def _picture(content: bytes, sort: str) -> Answer:
    answer = make_response(content)
    answer.content_type = sort
    return answer


def _code(token: str) -> str:
    with reading() as (r, _world):
        return joining.person_of_page(r, token).code


def _mine(token: str, form: Form, status: int = 200, *, asks_again: bool = False) -> Answer:
    with reading() as (r, world):
        page = replace(_own_page(r, world, token, form), asks_again=asks_again)
        tell_here(_said_line(r, world, page))
    return respond.page("desks/gone.html" if page.mine.person.erased else "desks/mine.html", page, status)


def _said_line(r: Reader, world: World, page: OwnPage) -> DoneLine | None:
    """What was declared or taken back just now, as the address names it; None where it is none of theirs, or answered."""
    fact = request.args.get(DONE, "")[:64]
    if not fact or page.mine.person.erased:
        return None
    if signed := sign_in_state(r, page.mine.person.person, fact):
        stands = signed == "stands"
        back = url_for("me.sign_in_back", token=page.token, fact=fact) if stands else ""
        return DoneLine(_("已签到。"), back, "", is_undone=not stands, way_back=_("收回"))
    state, lesson = said_of(r, world, page.mine.person, fact)
    words = _("已申报 %(lesson)s，等联络员确认。") % {"lesson": lesson}
    if state == "waiting":
        if request.args.get("again"):
            words = _("您已经申报过 %(lesson)s，还在等联络员确认，没有再存一条。") % {"lesson": lesson}
        return DoneLine(words, url_for("me.take_back", token=page.token, fact=fact), "", is_undone=False, way_back=_("收回"))
    return DoneLine(words.split("，")[0], "", "", is_undone=True, way_back=_("收回")) if state == "withdrawn" else None


def _own_page(r: Reader, world: World, token: str, form: Form) -> OwnPage:
    found, today, is_recovered = my_page(r, world, joining.person_of_page(r, token)), today_of(r.clock), is_recovered_page(r, token)
    required, code = found.hours.readiness.required, found.person.code
    valid = [each for each in found.certificates if each.state == "valid" and each.is_present]
    return OwnPage(
        mine=found,
        rules=world.rules,
        token=token,
        address=printed(world, url_for("me.mine", token=token)).address,
        is_new=own_pages.is_new_page(r, token),
        percent=min(100, 100 * found.hours.credit.total // required) if required else 100,
        code=" ".join(code[at : at + 4] for at in range(0, len(code), 4)),
        phone=mask_phone(found.person.phone),
        why=shortfalls(found.hours),
        doubtful=frozenset(each.lesson for each in found.hours.doubts),
        begun=tuple(line for line in found.lessons if line.credit),
        ahead=tuple(line for line in found.lessons if not line.credit),
        certificate=valid[-1] if valid else None,
        lessons=tuple((line.code, _offered(line)) for line in found.lessons),
        today=today,
        is_clearing=frame().open_store().settling.is_clearing,
        is_recovered=is_recovered,
        may_sign_in=not (is_recovered or found.hours.signed_in) and own_sign_in.is_open(world, today),
        others=other_pages(r, found.person.person, but=token),
        form=form,
    )


def _offered(line: LessonLine) -> str:
    """A lesson to choose, with its length, so that nobody has to guess how many minutes it has."""
    words = f"{line.name or line.code}（{line.code}）"
    return words + _("· 本课 %(n)s 分钟") % {"n": line.minutes} if line.minutes else words


def _refuse(form: Form, problem: CampError) -> None:
    """Note a refusal beside its field. Of the same form with other values a new form is made, so that pressing again says both."""
    if problem.reason == "said_already":
        form.client_id = random_id()
        form.wrong("lesson", problem.sentence + _("还没有保存；确实又学了一次，请再点一次“申报”。"))
        return
    if problem.reason == "conflict":
        form.client_id = random_id()
        form.wrong("lesson", _("刚才已经申报过一次，这次内容不同，还没有保存。确实要另外申报，请再点一次“申报”。"))
    form.refuse({"outside_camp": "day", "out_of_range": "minutes"}.get(problem.reason, "lesson"), problem)
