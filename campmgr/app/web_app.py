"""The application, as a table of contents."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import cast

from flask import Flask
from werkzeug.routing import IntegerConverter
from werkzeug.test import create_environ

from campmgr import config
from campmgr.areas.whole import CATALOGUE
from campmgr.desks.area import CAMP_DESKS, DESKS
from campmgr.desks.queries.built_on import built_on
from campmgr.desks.queries.warnings import staff_warnings
from campmgr.facts.catalogue import Catalogue, load
from campmgr.store.door import Store
from campmgr.web import failing, guard, i18n, kept, nav, past
from campmgr.web.current import EXTENSION, SORTS, Frame, Settings, frame_of
from campmgr.web.templates import Templates

__all__ = ["Settings", "create_app", "end_jobs", "most_bytes", "store_of", "stores_of"]


_OF_THE_PAST = (
    "office_reports.reports",
    "office_reports.table",
    "office_tables.cross_page",
    "office_tables.cross_file",
    "office_tables.fields_page",
    "office_tables.fields_file",
    "office_tables.progress_page",
    "office_tables.progress_file",
    "office_tables.ranking_page",
    "office_tables.ranking_file",
    "roster.people",
    "person.show",
    "chase.page",
)
"""The views that have a page of each earlier camp: they show, and do nothing."""


class _Number(IntegerConverter):
    """A number in an address. One with more digits than any list has is none: SQLite could not even be asked for it."""

    regex = r"\d{1,9}"


class _Application(Flask):
    jinja_environment = Templates  # type: ignore[assignment]  # a subclass, of what an instance has


def create_app(
    store: Store | None, settings: Settings, catalogue: Catalogue = CATALOGUE, drafts: Store | None = None
) -> Flask:  # fmt: skip
    """The pages over a data file, or over none yet: then only the set-up page leads anywhere. `drafts`: what was recorded while it
    waited to be taken in, and is not brought in yet. The caller closes the stores.
    """
    mimetypes.add_type("text/javascript", ".js")  # some Windows registries say text/plain, and no browser would run that
    app = _Application(
        "campmgr", template_folder=str(config.package_folder("templates")), static_folder=str(config.package_folder("static"))
    )
    app.url_map.converters["int"] = _Number
    areas = (DESKS, CAMP_DESKS, *catalogue.areas)
    app.extensions[EXTENSION] = frame_of(settings, catalogue, store, drafts)
    app.config.update(MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024, MAX_FORM_PARTS=20_000, PROPAGATE_EXCEPTIONS=False)
    i18n.speak(app)
    nav.surround(app, [(area.sort, link) for area in areas for link in area.links], staff_warnings, built_on)
    sorts = app.extensions[SORTS] = {}
    kept.keep_pages(app)
    guard.guard(app)
    past.show_past(app, _OF_THE_PAST)
    failing.explain(app)
    for area in areas:
        for where in area.pages:
            blueprint = load(area, where)
            sorts[blueprint.name] = area.sort
            app.register_blueprint(blueprint)
    return app


def most_bytes(app: Flask, method: str, path: str, headers: Mapping[str, str], address: str) -> int:
    """How much may be sent there, from that address and with such headers: asked by the server before it takes anything in."""
    environ = create_environ(method=method)
    environ |= {"PATH_INFO": path, "HTTP_HOST": headers.get("HOST", ""), "HTTP_COOKIE": headers.get("COOKIE", "")}
    environ["REMOTE_ADDR"] = address
    with app.request_context(environ):
        return guard.most_bytes()


def end_jobs(app: Flask) -> None:
    """Stop what runs in the background, and wait until it has taken back what it had begun."""
    cast("Frame", app.extensions[EXTENSION]).jobs.close()


def stores_of(app: Flask) -> tuple[Store, ...]:
    """Every data file that an application has open by now."""
    return cast("Frame", app.extensions[EXTENSION]).stores()


def store_of(app: Flask) -> Store | None:
    """The data file an application serves by now: the one it was given, or the one its set-up page opened."""
    return cast("Frame", app.extensions[EXTENSION]).store
