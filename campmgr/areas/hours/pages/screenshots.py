"""Screenshots beside declarations: taken in on one's own page, shown to their owner and to whoever confirms."""

from __future__ import annotations

from flask import Blueprint, make_response, request

from campmgr.areas.hours.actions.declarations import Picture
from campmgr.areas.hours.files.screenshots import tidy_picture
from campmgr.areas.hours.queries.declarations import picture_of
from campmgr.areas.people.actions import joining
from campmgr.areas.people.queries.theirs import person_for
from campmgr.errors import BadInput
from campmgr.web.current import me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, require
from campmgr.web.respond import Answer

area = Blueprint("screenshots", __name__)

FIELD = "picture"


def sent_picture(form: Form, most_bytes: int) -> Picture | None:
    """The picture of the form in hand, made harmless; None where none was chosen or none is taken, and beside what is wrong."""
    upload = request.files.get(FIELD)
    if upload is None or not upload.filename or not most_bytes:
        return None
    with form.beside(FIELD, BadInput):
        return tidy_picture(upload.stream.read(most_bytes + 1), most_bytes)
    return None


@area.get("/p/<token>/screenshots/<digest>/<size>.jpg")
@anyone
def own(token: str, digest: str, size: str) -> Answer:
    """One's own picture, while it waits."""
    with reading() as (r, _world):
        person = joining.person_of_page(r, token)
        data = picture_of(r, person.person, digest, small=size == "small")
    return _jpeg(data)


@area.get("/desk/people/<person>/screenshots/<digest>/<size>.jpg")
@require("coordinator")
def shown(person: str, digest: str, size: str) -> Answer:
    """The picture of somebody in one's own units."""
    with reading() as (r, world):
        found = person_for(r, world, me(), person)
        data = picture_of(r, found.person, digest, small=size == "small")
    return _jpeg(data)


def _jpeg(data: bytes) -> Answer:
    """A picture to look at; should a browser save it, its name says nothing. Kept by nobody (`web.guard`)."""
    answer = make_response(data)
    answer.content_type = "image/jpeg"
    answer.headers["Content-Disposition"] = 'inline; filename="picture.jpg"'
    return answer
