"""Walking through set-up as a browser without scripts does: every field of the form as it stands, then its first button."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.kit.pages import OWN

ADDRESS = "/setup/token"


class SetUpForm(HTMLParser):
    """The one form of a set-up page: `fields` as a browser would send them, `method`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.method = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "form":
            self.method = about.get("method") or "get"
        name, sort = about.get("name"), about.get("type")
        if tag == "input" and name and (sort not in {"radio", "checkbox"} or "checked" in about):
            self.fields[name] = about.get("value") or ""


def first_page(browser: FlaskClient, preset: str) -> TestResponse:
    """The first step."""
    return browser.get(ADDRESS, query_string={"preset": preset})


def press(browser: FlaskClient, page: TestResponse, go: str = "next", **typed: str) -> TestResponse:
    """The page that follows when these fields are typed into a page; dots in their names are written as two underlines."""
    form = SetUpForm(page.text)
    sent = form.fields | {name.replace("__", "."): value for name, value in typed.items()} | {"go": go}
    if form.method == "get":
        return browser.get(ADDRESS, query_string=sent)
    return browser.post(ADDRESS, data=sent, headers=OWN)


def step_of(page: TestResponse) -> str:
    """Which page of set-up this is."""
    return SetUpForm(page.text).fields["from"]


def set_up_pages(browser: FlaskClient, preset: str) -> Iterator[tuple[str, str]]:
    """Every page of set-up where nothing is changed, with its name."""
    page = first_page(browser, preset)
    yield step_of(page), page.text
    while step_of(page) != "account":
        page = press(browser, page)
        yield step_of(page), page.text
