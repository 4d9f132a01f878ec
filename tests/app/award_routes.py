"""The routes of packs and awards, where no call for works was opened: they are not there for anybody."""

from __future__ import annotations

from tests.app.routes import Route

_OFFICE = {"root": 404, "city": 404, "nobody": 401}
_DECIDES = {"root": 404, "city": 404}
_PACKS = "/office/a/ZP/judging/r1/packs"
_AT = "/office/a/ZP/awards"

AWARD_ROUTES = (
    Route("judging_packs.listed", "GET", _PACKS, 403, _OFFICE),
    Route("judging_packs.pack", "GET", f"{_PACKS}/p1.zip", 403, _OFFICE),
    Route("office_awards.listed", "GET", f"{_AT}/", 403, _OFFICE),
    Route("office_awards.noted", "POST", f"{_AT}/fits", 403, _DECIDES),
    Route("office_awards.before_freezing", "GET", f"{_AT}/freeze", 403, _OFFICE),
    Route("office_awards.frozen", "POST", f"{_AT}/freeze", 403, _DECIDES),
    Route("office_awards.draft_minutes", "GET", f"{_AT}/minutes.pdf", 403, _OFFICE),
    Route("award_nominees.listed", "GET", f"{_AT}/nominees/", 403, _OFFICE),
    Route("award_nominees.noted", "POST", f"{_AT}/nominees/notes/units", 403, _DECIDES),
    Route("award_nominees.rated", "POST", f"{_AT}/nominees/points", 403, _DECIDES),
    Route("award_lists.one", "GET", f"{_AT}/1", 403, _OFFICE),
    Route("award_lists.file", "GET", f"{_AT}/1/list.pdf", 403, _OFFICE),
    Route("award_lists.before_amending", "GET", f"{_AT}/1/amend", 403, _OFFICE),
    Route("award_lists.amended", "POST", f"{_AT}/1/amend", 403, _DECIDES),
    Route("award_lists.task_set", "POST", f"{_AT}/1/tasks", 403, _DECIDES),
    Route("award_lists.before_putting_up", "GET", f"{_AT}/1/put-up", 403, _OFFICE),
    Route("award_lists.put_up", "POST", f"{_AT}/1/put-up", 403, _DECIDES),
    Route("award_lists.taken_down", "POST", f"{_AT}/1/take-down", 403, _DECIDES),
    Route("award_lists.objected", "POST", f"{_AT}/1/objections", 403, _DECIDES),
    Route("award_lists.answered", "POST", f"{_AT}/1/answers", 403, _DECIDES),
    Route("public_awards.shown", "GET", "/a/ZP/awards", 404, {}),
    Route("public_awards.receipt", "GET", "/me/receipt/0", 404, {}),
    Route("public_awards.receipt_pdf", "GET", "/me/receipt/0.pdf", 404, {}),
)
