"""Children who entered by the code of a family, for walks through the pages."""

from __future__ import annotations

from campmgr.areas.people.actions.entering import enter
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.settings import People
from campmgr.facts import world as worlds
from campmgr.store.door import Writer


def entered_by_codes(w: Writer, school: str) -> dict[str, str]:
    """The codes of a class and of a family, and two children who entered by the latter and wait."""
    of_class = make_join_code(w, school, sort="class", class_name="三年1班").code
    family = make_join_code(w, school, most=4, sort="family").code
    children = [Registration(school, name, "", "三年1班", kind="学校师生", guardian=True) for name in ("周一一", "周二二")]
    version = worlds.load(w).rules[People].consent_version
    token = enter(w, family, children, client_id="family", consent_version=version)
    return {"class_code": of_class, "family_code": family, "entered": token}
