"""The few ways to answer: a page, a fragment, "go" and "refused".

One address, one representation: a GET never looks at HX-Request. A POST may, since nobody keeps its answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from flask import Response, jsonify, make_response, render_template, request, url_for

from campmgr.errors import Busy, CampError, NotFound
from campmgr.web.before import SEEN, Before, BeforePage
from campmgr.web.current import account_or_none, frame
from campmgr.web.forms import Form
from campmgr.web.unsaved import NEVER

Answer = Response

_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


def page(template: str, data: object, status: int = 200) -> Answer:
    """A whole page. Its template gets one variable, `page`: a frozen dataclass."""
    return make_response(render_template(template, page=data), status)


def before(act: Before, form: Form, frame: Literal["office", "desk", "public"] = "office") -> Answer:
    """The page before an act that stays; 409 where it changed since it was looked at, 422 where the form lacks something."""
    status = 409 if form.error(SEEN) else 422 if form.errors else 200
    return page(f"before_{frame}.html", BeforePage(act, form), status)


def fragment(template: str, **one: Any) -> Answer:
    """A fragment alone: `fragment("desk/_row.html", row=row)`. Exactly one variable, named as the template names it."""
    if len(one) != 1:
        raise ValueError(f"a fragment takes one variable: {sorted(one)}")
    return make_response(render_template(template, **one))


def go(to: str) -> Answer:
    """On to the page that shows what a POST changed, by GET; browsers go on by themselves, so it holds no page of its own."""
    return Response(status=303, headers={"Location": to})


def shown_at(endpoint: str, told: object, **more: Any) -> Answer:
    """On to a page that shows by GET what came of a POST: kept in memory for whoever sent it, found by a number that means nothing.

    The page reads it by `shown_again`.
    """
    who = account_or_none()
    number = frame().searches.keep(who.account if who else "", json.dumps(told, ensure_ascii=False))
    return go(url_for(endpoint, shown=number, **more))


def shown_again() -> Any:
    """What `shown_at` kept for the address in hand. Raises NotFound once it is forgotten, and for somebody else."""
    who = account_or_none()
    text = frame().searches.typed(who.account if who else "", request.args.get("shown", "")[:32])
    if not text:
        raise NotFound("这一页只能看一会儿，现在已经过期。", reason="no_such_page", hint="请回到前一页再做一次。")
    return json.loads(text)


def local_address(text: str, otherwise: str) -> str:
    """An address typed into `next`, when it stays on this host; else another."""
    return text if _LOCAL.fullmatch(text) else otherwise


def refused(problem: CampError) -> Answer:
    """A refusal or failure: to htmx a fragment that goes into the page's own place for it, to a script that sent JSON the same
    words as JSON, to a browser a page. Same status; after which time to try again, where that helps.
    """
    answer = _told(problem)
    if isinstance(problem, Busy):
        answer.headers["Retry-After"] = str(problem.wait)
    return answer


def _told(problem: CampError) -> Answer:
    if request.is_json:
        told = {"reason": problem.reason, "sentence": problem.sentence, "hint": problem.hint}
        return make_response(jsonify(error=told), 401 if problem.reason == "not_logged_in" else problem.status)
    if not is_htmx():
        if isinstance(problem, Busy) and request.method == "POST":
            return page("busy.html", _to_repeat(problem), problem.status)
        return page("refused.html", problem, problem.status)
    answer = make_response(render_template("_refusal.html", problem=problem), problem.status)
    answer.headers["HX-Retarget"] = "#refusal"
    answer.headers["HX-Reswap"] = "outerHTML"
    answer.headers["HX-Reselect"] = "#refusal"
    return answer


@dataclass(frozen=True, slots=True)
class BusyPage:
    """A form that came while others wrote: what to say, where it goes again, and all it said (None: it cannot be repeated here,
    since it held a password or a file).
    """

    problem: Busy
    action: str
    fields: tuple[tuple[str, str], ...] | None


def _to_repeat(problem: Busy) -> BusyPage:
    fields = tuple(request.form.items(multi=True))
    may_show = not request.files and not any(word in name for name, _ in fields for word in NEVER)
    return BusyPage(problem, request.full_path.rstrip("?"), fields if may_show else None)


def is_htmx() -> bool:
    """Whether a script asked, and wants a part of a page."""
    return request.headers.get("HX-Request") == "true"
