"""No page walks a table that grows with people: what it asks is found by an index, or read off one as far as it is shown.

The engine is asked how it would answer each query; without statistics it decides by the tables and indexes alone, so a camp with
one of everything tells what a province would get.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.app.routes import ROUTES

BIG = frozenset(
    "people facts marks conditions readings works certificates memberships placement_days unit_days person_words aliases"
    " consents".split()
)

WALKS = {
    "from works w where (": "the list of works is narrowed and sorted by whatever is asked",
    "select 1 from aliases limit 1": "whether anybody was merged at all, by the first row",
    "f.body is null and f.kind = ": "reads the few facts without a body, whatever the engine begins with",
    "from facts where body is null": "reads an index of the few facts without a body",
    "from readings d cross join works w": "a list is drawn up again to be compared",
    "order by d.likes desc": "from the top, as far as the list goes",
    "union select o.number from certificates n": "reads indexes of the few certificates that ended or were issued again",
    "from works w where substr(w.title, 1, 3) in ": "works that may be one are looked for by how their titles begin",
}
"""A part of a query that walks one -> why it may."""


def test_no_page_walks_a_big_table(pages, one_of_each):
    del one_of_each
    asked: dict[str, str] = {}
    browser = pages.browser("root")
    with pages.store.reading() as r:
        connection = r._connection  # noqa: SLF001 - the engine itself is asked
    for route in ROUTES:
        if route.method == "GET" and not re.search(r"none|[{]", route.path) and not route.path.endswith((".pdf", ".png")):
            connection.set_trace_callback(lambda sql, path=route.path: asked.setdefault(sql, path))
            browser.get(route.path)
    connection.set_trace_callback(None)
    assert len(asked) > 200
    walked = sorted({f"{table} by {path}: {sql}" for sql, path in asked.items() for table in _walked(connection, sql)})
    unknown = [each for each in walked if not any(known in each for known in WALKS)]
    unused = [known for known in WALKS if not any(known in each for each in walked)]
    assert not unused, f"nothing walks so any more: {unused}"
    assert not unknown, "give each an index, or a row in WALKS with why it may:\n" + "\n".join(unknown)


def _walked(connection, sql: str) -> Iterator[str]:
    text = " ".join(sql.split())
    if not re.match(r"(select|with)\b", text):
        return
    named = {each: each for each in BIG}
    for table, alias in re.findall(r"\b(?:from|join) (\w+)(?: as)? (\w+)", text):
        named.setdefault(alias, table)
    for row in connection.execute(f"explain query plan {sql}"):
        found = re.match(r"SCAN (\w+)", row[3])
        if found and named.get(found[1]) in BIG:
            yield named[found[1]]
