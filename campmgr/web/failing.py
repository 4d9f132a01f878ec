"""Every failure becomes a sentence with its status: to a browser a page, to htmx a fragment; never a traceback."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, make_response, request, url_for
from werkzeug.exceptions import HTTPException

from campmgr.errors import BadInput, CampError, NotFound, Trouble
from campmgr.facts.finding import Ambiguous
from campmgr.store import fault_log
from campmgr.web import respond, unsaved
from campmgr.web.current import NotLoggedIn, frame
from campmgr.web.forms import Form
from campmgr.web.guard import is_own_machine
from campmgr.web.respond import Answer


class _WrongMethod(BadInput):
    status = 405


class _TooLarge(BadInput):
    status = 413
    reason = "too_large"


class _Unreadable(BadInput):
    status = 400


def explain(app: Flask) -> None:
    """Register one handler for each family of failures."""
    app.register_error_handler(NotLoggedIn, _log_in_first)
    app.register_error_handler(Ambiguous, _which_one)
    app.register_error_handler(CampError, _camp_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """Several things of one code, one of which an address may mean: what they are called, (address, words) of each."""

    called: str
    choices: tuple[tuple[str, str], ...]


def _which_one(problem: Exception) -> Answer:
    """A page at the code of a unit or activity asks which one is meant, where several bear it; whatever else asked is told so."""
    parts = request.view_args or {}
    if not isinstance(problem, Ambiguous) or request.method != "GET" or not request.endpoint or problem.part not in parts:
        return _camp_error(problem)
    asked = {**parts, **request.args.to_dict(flat=False)}
    choices = tuple((url_for(request.endpoint, **{**asked, problem.part: name}), words) for name, words in problem.choices)
    return respond.page("choose.html", ChoicePage(problem.called, choices), 300)


def _camp_error(problem: Exception) -> Answer:
    reason = problem.reason if isinstance(problem, CampError) else ""
    begins = reason == "not_enrolled" or (reason == "no_data_file" and frame().store is None)
    if begins and request.method == "GET" and not respond.is_htmx() and not request.path.startswith("/start/") and is_own_machine():
        return respond.go(url_for("start.doors"))
    if reason == "no_camp" and request.path == "/":
        return respond.go(url_for("activities.going_on"))
    return respond.refused(problem if isinstance(problem, CampError) else Trouble("程序出错了。"))


@dataclass(frozen=True, slots=True)
class LogInPage:
    """The log-in form, and where it leads afterwards; `kept`: a form that came too late was kept and is offered there."""

    form: Form
    next: str
    kept: bool = False


def _log_in_first(problem: Exception) -> Answer:
    """A page leads to the log-in and back; a form is kept for whoever sent it and offered to them after it; a script is told."""
    if request.method == "GET" and not respond.is_htmx():
        return respond.go(url_for("account.log_in", next=request.script_root + request.full_path.rstrip("?")))
    store = frame().store
    if request.method == "POST" and store is not None and not request.is_json and unsaved.keep_unsent(store):
        onward = respond.local_address(unsaved.address_of_form(), "/")
        if not respond.is_htmx():
            return respond.page("accounts/log_in.html", LogInPage(Form(), onward, kept=True), 401)
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = url_for("account.log_in", next=onward, kept=1)
        return answer
    return _camp_error(problem)


def _http_error(problem: Exception) -> Answer:
    code = problem.code if isinstance(problem, HTTPException) else None
    if isinstance(problem, HTTPException) and code is not None and code < 400:
        return make_response(problem.get_response())
    if code == 404:
        return respond.refused(NotFound("没有这个页面。", reason="no_such_page", hint="请核对地址，或回到首页。"))
    if code == 405:
        return respond.refused(_WrongMethod("这个地址不能这样访问。", hint="请回到上一页，从页面上的按钮进入。"))
    if code == 413:
        return respond.refused(
            _TooLarge("发来的内容太大，没有保存。", hint="请把文件拆小，或请组织方在“规则”里调大导入文件的上限。")
        )
    if code is not None and code < 500:
        return respond.refused(_Unreadable("浏览器发来的内容看不懂，没有保存。", hint="请刷新页面后再试。"))
    return _fault(problem)


def _fault(problem: Exception) -> Answer:
    """A fault of ours: a short code to the user, the traceback to the local log."""
    code, log = fault_log.remember(problem)
    where = "详情已记入本机的 faults.log，请把代号告诉维护人员。" if log else "请把代号告诉维护人员。"
    return respond.refused(Trouble(f"程序出错了（代号 {code}），这一步没有保存。", hint=where))
