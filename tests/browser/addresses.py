"""Every address that can be opened, as whom, and what stands in for its parts; what is no page is named with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.accounts import governing as accounts
from campmgr.accounts import local
from campmgr.accounts.governing import Place
from campmgr.accounts.queries import account_of
from campmgr.areas.hours.actions.paper import print_roster
from campmgr.areas.people.actions import joining
from campmgr.areas.people.local import new_page, owner_of_page
from campmgr.areas.prizes.actions import publicity
from campmgr.areas.reports.actions import publish
from campmgr.areas.requests.actions import Asked, ask
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.store.door import Writer
from campmgr.web.current import EXTENSION
from tests.browser.served import Served
from tests.browser.unvisited import (
    AWARD_FILES,
    AWARD_PAGES,
    JUDGING_PAGES,
    PEOPLE_FILES,
    PICTURES,
    POINTS_FILES,
    POINTS_PAGES,
    SHOWN_ONCE,
    TABLE_FILES,
)  # fmt: skip
from tests.kit.called import unit_called
from tests.kit.entered import entered_by_codes


@dataclass(frozen=True)
class Address:
    """A page: which view makes it, who opens it (of those who may, the one who sees most), and where."""

    endpoint: str
    who: str
    path: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.path} as {self.who}"


PUBLIC = (
    Address("public.camp", "nobody", "/"),
    Address("join.enter", "nobody", "/j/"),
    Address("join.start", "nobody", "/j/{join}"),
    Address("join.start", "nobody", "/j/{class_code}"),
    Address("join.start", "nobody", "/j/{family_code}"),
    Address("join.start", "nobody", "/j/none", 404),
    Address("entering.waits", "nobody", "/e/{entered}"),
    Address("board.board_page", "nobody", "/board"),
    Address("board.board_page", "nobody", "/board?unit=3501&field=学校&account=个人号"),
    Address("board.screen", "nobody", "/board/screen"),
    Address("lists.up", "nobody", "/lists/"),
    Address("lists.shown", "nobody", "/lists/{list}"),
    Address("lists.shown", "nobody", "/lists/99", 404),
    Address("taking_part.how", "nobody", "/a/ZP/how", 404),
    Address("gallery.shown", "nobody", "/a/ZP/gallery", 404),
    Address("activities.going_on", "nobody", "/a/"),
    Address("certificate.check", "nobody", "/c/"),
    Address("certificate.shown", "nobody", "/c/{certificate}"),
    Address("certificate.shown", "nobody", "/c/none", 404),
    Address("account.log_in", "nobody", "/login"),
    Address("account.link", "nobody", "/link/{invitation}"),
    Address("start.doors", "nobody", "{start}"),
    Address("start.restore", "nobody", "{start}restore"),
    Address("joining.asking_form", "nobody", "{start}join/"),
    Address("joining.waiting", "nobody", "{waiting}"),
    Address("start.restored", "nobody", "/start/restored"),
    Address("setup.set_up", "nobody", "{setup}"),
    *(Address("setup.set_up", "nobody", f"{{setup}}?preset=escape-drill-2023{at}") for at in ("", "&from=camp", "&from=ranking")),
)

PARTICIPANT = (
    Address("me.find", "nobody", "/p/"),
    Address("my_device.known", "nobody", "/p/device/"),
    Address("me.mine", "nobody", "{own}"),
    Address("me.mine", "nobody", "/p/{certified}"),
    Address("own_works.listed", "nobody", "{own}/works"),
    Address("me.history", "nobody", "{own}/history"),
    Address("lesson_stories.mine", "nobody", "{own}/lessons/V01"),
    Address("my_leaving.before_ending_others", "nobody", "{own}/others/end"),
    Address("my_leaving.before_leaving", "nobody", "{own}/leave"),
    Address("my_copy.shown", "nobody", "{own}/copy"),
)

COORDINATOR = (
    Address("account.mine", "school", "/account"),
    Address("account.leaving", "school", "/account/leaving"),
    Address("desk.units", "federation", "/desk/"),
    Address("families.shown", "federation", "/desk/units/{federation}/families"),
    Address("desk.unit", "school", "/desk/units/{school}"),
    Address("desk.unit", "organizer", "/desk/units/35"),
    Address("desk.unit", "school", "/desk/units/3502", 404),
    Address("roster.people", "school", "/desk/units/{school}/people"),
    Address("roster.people", "organizer", "/desk/units/3501/people"),
    Address("desk_certificates.page", "school", "/desk/units/{school}/certificates"),
    Address("desk_certificates.looked", "school", "/desk/units/{school}/certificates/issue"),
    Address("roster.new", "school", "/desk/units/{school}/people/new"),
    Address("marking.choose", "school", "/desk/units/{school}/marking"),
    Address("paper.rosters", "school", "/desk/units/{school}/paper"),
    Address("paper.sheet", "school", "/desk/units/{school}/paper/{roster}"),
    Address("paper.sheet", "school", "/desk/units/{school}/paper/{roster}?page=2&by=minutes"),
    Address("station.page", "school", "/desk/units/{school}/station"),
    Address("station.page", "organizer", "/desk/units/3501/station"),
    Address("station.shell", "nobody", "/desk/station-shell"),
    Address("unit_works.listed", "school", "/desk/units/{school}/works"),
    Address("declarations.waiting", "school", "/desk/units/{school}/declarations"),
    Address("chase.page", "school", "/desk/units/{school}/behind"),
    Address("chase.page", "organizer", "/desk/units/3501/behind?names=full"),
    Address("codes.codes", "school", "/desk/units/{school}/codes"),
    Address("entrants.waiting", "school", "/desk/units/{school}/entrants"),
    Address("posters.poster", "school", "/desk/units/{school}/codes/{join}/poster"),
    Address("sheets.choose", "school", "/desk/units/{school}/import"),
    Address("sessions.names", "school", "/desk/units/{school}/sessions"),
    Address("summary.page", "school", "/desk/units/{school}/summary"),
    Address("review.page", "school", "/desk/units/{school}/review"),
    Address("person.show", "school", "/desk/people/{person}"),
    Address("lesson_stories.theirs", "school", "/desk/people/{person}/lessons/V01"),
    Address("person.fact", "school", "/desk/people/{person}/facts/{fact}"),
    Address("platform_certificates.form", "school", "/desk/people/{person}/platform-certificate"),
    Address("person_homes.page", "school", "/desk/people/{person}/homes"),
    Address("person.details", "school", "/desk/people/{person}/details"),
    Address("duties.listed", "school", "/desk/people/{person}/duties"),
    Address("requests.page", "school", "/desk/units/{school}/requests"),
    Address("requests.page", "school", "/desk/units/{school}/requests?sort=person&person={person}"),
    Address("entries.listed", "school", "/desk/units/{school}/a/ZP/entries/", 404),
    Address("entries.new", "school", "/desk/units/{school}/a/ZP/entries/new", 404),
    Address("entries.row", "school", "/desk/units/{school}/a/ZP/entries/of/none", 404),
    Address("handins.listed", "school", "/desk/units/{school}/a/ZP/handin", 404),
    Address("entry_files.shown", "school", "/desk/units/{school}/a/ZP/files/none", 404),
    Address("entry_check.page", "school", "/desk/units/{school}/a/ZP/check", 404),
    Address("desk_activities.of_unit", "school", "/desk/units/{school}/a/"),
    Address("desk_activities.one_of_unit", "school", "/desk/units/{school}/a/camp/"),
    Address("person_links.before_renewing", "school", "/desk/people/{person}/link/renew"),
    Address("person_looks.copy", "school", "/desk/people/{person}/copy"),
    Address("looks.page", "school", "/desk/looks"),
    Address("erasing.before", "school", "/desk/people/{person}/erase"),
    Address("jobs.everything", "school", "/desk/jobs"),
    Address("jobs.show", "school", "/desk/jobs/{job}"),
    Address("imports.files", "organizer", "/desk/batches"),
    Address("batches.show", "organizer", "/desk/batches/{batch}"),
)

ORGANIZER = (
    Address("office.overview", "organizer", "/office/"),
    Address("office.overview", "school", "/office/", 403),
    Address("office_review.page", "organizer", "/office/review"),
    Address("office_review.page", "organizer", "/office/review?sort=request"),
    Address("office_review.page", "organizer", "/office/review?sort=longer_than_lesson&older=3"),
    Address("office.accounts", "organizer", "/office/accounts"),
    Address("office_retention.page", "organizer", "/office/retention/"),
    Address("office_minors.page", "organizer", "/office/minors/"),
    Address("office.closing", "organizer", "/office/accounts/{account}/close"),
    Address("office_units.top", "organizer", "/office/units/"),
    Address("office_units.unit", "organizer", "/office/units/3501"),
    Address("office_units.add", "organizer", "/office/units/3501/add"),
    Address("office_units.change", "organizer", "/office/units/{school}/change"),
    Address("office_merging.choose", "organizer", "/office/units/{school}/merge"),
    Address("office_units.move", "organizer", "/office/units/{school}/move"),
    Address("office_round_trip.page", "organizer", "/office/units/{school}/sheet"),
    Address("inviting.form_page", "organizer", "/office/accounts/invite-many"),
    Address("unit_log.shown", "organizer", "/desk/units/{school}/log"),
    Address("closing_units.closing", "organizer", "/office/units/{school}/close"),
    Address("office_lessons.lessons", "organizer", "/office/lessons/"),
    Address("office_lessons.new", "organizer", "/office/lessons/new"),
    Address("office_lessons.lesson", "organizer", "/office/lessons/of/V01"),
    Address("office_rules.rules", "organizer", "/office/rules/"),
    Address("office_rules.rule", "organizer", "/office/rules/ranking.cut_off"),
    Address("screening.listed", "organizer", "/office/a/ZP/works/", 404),
    Address("late_batches.listed", "organizer", "/office/a/ZP/late", 404),
    Address("screening.votes", "organizer", "/office/a/ZP/works/votes", 404),
    Address("office_activities.listed", "organizer", "/office/a/"),
    Address("office_activities.shown", "organizer", "/office/a/camp/"),
    Address("office_activities.shown", "organizer", "/office/a/none/", 404),
    Address("office_activities.before_closing", "organizer", "/office/a/camp/close"),
    Address("activity_opening.choose", "organizer", "/office/a/open"),
    Address("office_works.works", "organizer", "/office/works/"),
    Address("office_works.work", "organizer", "/office/works/{work}"),
    Address("office_snapshots.everything", "organizer", "/office/works/snapshots/"),
    Address("office_snapshots.one", "organizer", "/office/works/snapshots/2023-06-22T10:00:00Z"),
    Address("office_matching.rows", "organizer", "/office/works/matching/"),
    Address("office_flags.flags", "organizer", "/office/works/flags"),
    Address("office_flags.flags", "organizer", "/office/works/flags?seen=settled"),
    Address("office_flags.decisions", "organizer", "/office/works/decisions"),
    Address("office_import.choose", "organizer", "/office/import/likes"),
    Address("office_import.choose", "organizer", "/office/import/units"),
    Address("office_recommendations.shown", "organizer", "/office/works/recommendations"),
    Address("office_recommendations.work", "organizer", "/office/works/{work}/recommend"),
    Address("office_summaries.listed", "organizer", "/office/summaries/"),
    Address("office_summaries.read", "organizer", "/office/summaries/3501-FL"),
    Address("office_prizes.ranking", "organizer", "/office/prizes/"),
    Address("office_prizes.one", "organizer", "/office/prizes/1"),
    Address("office_prizes.verify", "organizer", "/office/prizes/1/verify"),
    Address("office_publicity.shown", "organizer", "/office/prizes/{list}/publicity"),
    Address("office_objections.objection", "organizer", "/office/prizes/{list}/objections/{objection}"),
    Address("office_publicity.amend", "organizer", "/office/prizes/{list}/amend"),
    Address(
        "office_publicity.before_amending", "organizer", "/office/prizes/{list}/amend/before?strike={listed}&objection={objection}"
    ),
    Address(
        "office_publicity.before_putting_up",
        "organizer",
        "/office/prizes/{list}/put-up?starts_on=2023-07-01&days=5&counted=working",
    ),
    Address("office_publicity.before_taking_down", "organizer", "/office/prizes/{list}/take-down"),
    Address("office_freezing.before_voiding", "organizer", "/office/prizes/{list}/void"),
    Address("office_certificates.before_issuing", "organizer", "/office/certificates/issue"),
    Address("office_certificates.before_revoking", "organizer", "/office/certificates/{certificate}/revoke"),
    Address("revoking.before_reissuing", "organizer", "/office/certificates/{certificate}/reissue"),
    Address("office_calendar.years", "organizer", "/office/calendar/"),
    Address("office_certificates.certificates", "organizer", "/office/certificates/"),
    Address("office_certificates.certificate", "organizer", "/office/certificates/{certificate}"),
    Address("revoking.ended", "organizer", "/office/certificates/ended"),
    Address("office_look.preview", "organizer", "/office/certificates/preview"),
    Address("office_look.issuers", "organizer", "/office/certificates/issuers"),
    Address("office_reports.reports", "organizer", "/office/reports/"),
    Address("office_reports.reports", "organizer", "/office/reports/?by=school"),
    Address("office_tables.cross_page", "organizer", "/office/reports/cross"),
    Address("office_tables.fields_page", "organizer", "/office/reports/fields"),
    Address("office_tables.progress_page", "organizer", "/office/reports/progress"),
    Address("office_tables.ranking_page", "organizer", "/office/reports/ranking?by=school&way=rate"),
    Address("office_circulars.listed", "organizer", "/office/reports/circulars/"),
    Address("office_circulars.drafted", "organizer", "/office/reports/circulars/draft"),
    Address("office_circulars.before_publishing", "organizer", "/office/reports/circulars/publish"),
    Address("office_circulars.one", "organizer", "/office/reports/circulars/{circular}"),
    Address("office_reporting.shown", "organizer", "/office/reports/reporting/"),
    Address("office_nodes.nodes", "organizer", "/office/nodes/"),
    Address("office_packs.packs", "organizer", "/office/packs/"),
    Address("office_backup.page", "organizer", "/office/backup/"),
    Address("office_recovery.sheet", "organizer", "/office/nodes/recovery/"),
    Address("office_awards.listed", "organizer", "/office/a/ZP/awards/", 404),
    Address("public_awards.shown", "organizer", "/a/ZP/awards", 404),
    Address("office_judging.listed", "organizer", "/office/a/ZP/judging", 404),
    Address("office_rounds.shown", "organizer", "/office/a/ZP/judging/r1", 404),
    Address("office_enrolling.give", "organizer", "/office/nodes/join/"),
    Address("office_enrolling.asked", "organizer", "/office/nodes/join/asked?shown=none", 404),
)

ADDRESSES = (*PUBLIC, *PARTICIPANT, *COORDINATOR, *ORGANIZER)

NO_PAGES = {
    **dict.fromkeys(AWARD_PAGES, "needs an opened round; tests/judging/test_award_pages.py looks at it"),
    **dict.fromkeys(AWARD_FILES, "a paper, a table or a pack as a file"),
    **dict.fromkeys(JUDGING_PAGES, "needs a round of judging; tests/browser/test_judging.py looks at it"),
    **dict.fromkeys(POINTS_PAGES, "needs an activity of points; tests/browser/test_points.py looks at it"),
    **dict.fromkeys((*POINTS_FILES, *TABLE_FILES, *PEOPLE_FILES), "a table or a paper as a file"),
    "carrying.owed": "needs a laptop above; test_sync_pages looks at it",
    "gallery.picture": "a picture",
    "handins.all_of_it": "files in an archive",
    "entry_files.file": "a file of a work",
    "static": "files",
    "public.totals": "a fragment of /",
    "lives.calendar": "a file for calendars",
    "board.rows": "a fragment of /board",
    "board.screen_rows": "a fragment of /board/screen",
    "jobs.state": "a fragment of /desk/jobs/…",
    "join.again": "leads back to the form",
    "carrying_over.choose": "needs a second camp, and the made-up camp is the first; test_carried_over_pages looks at it",
    **dict.fromkeys(SHOWN_ONCE, "shows by GET what came of a POST, to whoever sent it"),
    "station.worker": "a script",
    **dict.fromkeys(PICTURES, "a picture"),
    "me.certificate_pdf": "a PDF",
    **dict.fromkeys(("me.badge", "revoking.badge"), "a text for other programs"),
    "revoking.list_pdf": "a PDF",
    "revoking.checker": "a file to save; test_checker opens it",
    "certificate.checker": "the same",
    "me.certificate_png": "a picture",
    "cards.pdf": "a PDF",
    "cards.class_list": "a PDF",
    "booklet.posters": "a PDF",
    "codes.slips": "a PDF",
    "desk_certificates.pdf": "a PDF",
    "desk_certificates.before_ending": "the same page as in the office",
    "paper.pdf": "a PDF",
    "paper.all_pdf": "a PDF",
    "paper.find": "leads to a sheet",
    "posters.poster_file": "a PDF",
    "sheets.preview_again": "the answer to a form, of a file too large to wait for; test_imports looks at it",
    "office_import.preview_again": "the same in the office",
    "sheets.blank": "a workbook or PDF",
    "office_prizes.export": "a workbook or PDF",
    "office_certificates.print_one": "a PDF",
    "office_look.sample": "a picture",
    "office_look.before_removing_seal": "asks before a seal goes, and the made-up camp has none",
    "office_printing.shown": "what became of a job that this camp has not started",
    "office.link": "shows by GET what came of a POST, to whoever sent it",
    "office_freezing.before_freezing": "asks before a list is frozen; test_journey looks at it",
    "office_sync.done": "shows by GET what came of a POST, to whoever sent it",
    "office_calendar.before_taking": "shows by GET what came of a POST, to whoever sent it",
    "office_objections.before_logging": "shows by GET what came of a POST, to whoever sent it; test_journey looks at it",
    "office_objections.before_answering": "shows by GET what came of a POST, to whoever sent it; test_journey looks at it",
    "activities.one": "of the camp it leads to its own pages",
    "activity_rules.rule": "of the camp it leads to /office/rules/",
    "activity_rules.before": "of the camp it leads to /office/rules/",
    "office_rules.before": "shows by GET what came of a POST, to whoever sent it",
    "review.merging": "asks before two who were chosen are merged; test_joined_before looks at it",
    "revoking.planned": "shows by GET what came of a POST, to whoever sent it",
    "office_enrolling.taken_in": "of another laptop, and the made-up camp has none; test_joining_laptops looks at it",
    "office_enrolling.again": "leads on to office_enrolling.asked",
    "office_backup.since": "of a data file that was upgraded, and the made-up one was not; test_start looks at it",
    "office_backup.drilled": "shows by GET what came of a POST, to whoever sent it",
    "drafts.keeping": "of a laptop that waits with drafts; test_drafts looks at it",
    "drafts.leaving": "of a laptop that waits with drafts; test_drafts looks at it",
    "office_drafts.choose": "of a laptop that was taken in with drafts; test_two_laptops looks at it",
    "office_drafts.look": "as the last",
    "office_drafts.dropping": "as the last; test_drafts looks at it",
    "office_nodes.revoke": "asks before another node is revoked, and the made-up camp has none",
}
"""View -> why no browser is sent there."""


def parts(served: Served) -> dict[str, str]:
    """What stands in for the parts of addresses: one of each, of somebody who has a certificate at the made-up school."""
    with served.store.writing() as w:
        school = find_unit(worlds.load(w), served.built.school).unit
        ask(w, find_unit(worlds.load(w), school), Asked("other", text="应参与人数请改成 142"))
        new_page(w, owner_of_page(w, served.ways["participant"]) or "")  # one that can be ended
        return of_somebody(w, school) | {
            "job": _job(served, w),
            "account": _account(w, "demo-school"),
            "list": "1",
            "circular": _circular(w),
            "listed": str(w.value("select json_extract(content, '$.rows[0][2]') from prize_lists where number = 1")),
            "objection": _put_up(w),
            "own": served.ways["participant"],
            "setup": served.setup,
            "start": served.start,
            "waiting": served.waiting,
            "school": served.built.school,
            "federation": served.built.federation,
            "join": joining.make_join_code(w, school).code,
            **entered_by_codes(w, school),
            "invitation": _invitation(w),
            "roster": print_roster(w, school, "", "", "", with_minutes=False),
        }


def of_somebody(w: Writer, school: str) -> dict[str, str]:
    """A certificate, its holder and a record of theirs at a unit, and a work of anybody."""
    number, person = w.one(
        "select c.number, c.person from certificates c join people p on p.person = c.person"
        " where p.home = :home order by c.person limit 1",
        home=school,
    ) or ("", "")
    fact, batch = w.one(
        "select chain, batch from facts where subject = :about and kind = 'mark_recorded' limit 1", about=f"person:{person}"
    ) or ("", "")
    work = w.value("select work from works order by work limit 1")
    page = new_page(w, person)
    return {"certificate": number, "person": person, "fact": fact, "batch": batch, "work": work, "certified": page}


def _job(served: Served, w: Writer) -> str:
    """A job of the school's coordinator that could not be done."""

    def refuse(told: object) -> None:
        raise BadInput("这个文件是空的。", reason="empty_file", hint="请检查是不是选错了文件。")

    by = local.account_of_login(w, "demo-school")
    assert by is not None
    jobs = served.app.extensions[EXTENSION].jobs
    made = jobs.start(by.account, "导入人员名单", refuse, lambda _: "/desk/", clock=served.store.clock)
    assert made.over.wait(60)
    return str(made.job)


def _put_up(w: Writer) -> str:
    """The made-up list is put up and somebody objects; the objection."""
    publicity.post(w, 1, days=5)
    return publicity.object_to(w, 1, "第 3 名的作品与去年的获奖作品相似", way="来信").chain


def _circular(w: Writer) -> str:
    """A circular of the organizer's; the id of its fact."""
    row = local.account_of_login(w, "demo-organizer")
    assert row is not None
    return publish(w, account_of(row)).chain


def _account(w: Writer, login: str) -> str:
    row = local.account_of_login(w, login)
    assert row is not None
    return row.account


def _invitation(w: Writer) -> str:
    world = worlds.load(w)
    by = local.account_of_login(w, "demo-organizer")
    assert by is not None
    return accounts.invite(w, world, account_of(by), Place("coordinator", unit_called(world, "3502")), "周老师")
