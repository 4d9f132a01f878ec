"""What a frozen list says and how amendments change it (F-24)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.prizes.rules.frozen_list import (
    AmendmentStep,
    ListChange,
    ListRow,
    amended,
    amendment_digest,
    changes_between,
    digest_of,
    in_order,
    unroll,
)
from campmgr.ids import canonical, sha256

_ROWS = st.lists(
    st.builds(ListRow, st.integers(1, 9), st.sampled_from("abcd"), st.sampled_from("tuvwxyz"), st.integers(0, 99), st.just("3501")),
    unique_by=lambda row: row.work,
).map(in_order)
FIRST = {
    "number": 1,
    "at": "2023-06-08T16:00:00Z",
    "rules": {"ranking": {}},
    "rule_text": "按点赞数",
    "rows": [[1, "p", "w", 9, "S1"]],
}


@given(_ROWS, _ROWS)
def test_the_changes_between_two_lists_make_one_into_the_other(before, after):
    changes = changes_between(before, after)
    assert amended(before, changes) == after
    assert tuple(ListChange.read(each.told()) for each in changes) == changes
    assert (changes == ()) == (before == after)


def test_a_list_of_the_first_form_keeps_its_digest():
    old = sha256(canonical(FIRST))
    assert digest_of(FIRST) == old
    assert digest_of({**FIRST, "digest": old, "division": {}, "excluded": [], "sources": [], "bounds": []}) == old


def test_whatever_was_added_later_counts_once_it_says_something():
    later = {"division": {"unit": "3501"}, "excluded": [["w"]], "sources": [["ab"]], "bounds": ["w"], "rows": []}
    told = {digest_of({**FIRST, key: value}) for key, value in later.items()}
    assert len(told | {digest_of(FIRST)}) == 6


def _step(amendment, previous, *changes, strike="", reason="非原创"):
    return AmendmentStep(amendment, changes, strike, reason, amendment_digest(1, amendment, previous, changes, strike, reason))


def test_amendments_are_applied_in_order_and_proved():
    rows = [ListRow(1, "a", "t", 9, "S1"), ListRow(2, "b", "u", 8, "S1"), ListRow(3, "c", "v", 7, "S2")]
    content = {**FIRST, "rows": [list(row) for row in rows]}
    content["digest"] = digest_of(content)
    out = _step(1, content["digest"], ListChange(rows[1], None), strike="u")
    back = _step(2, out.digest, ListChange(None, rows[1]), ListChange(rows[2], rows[2]._replace(likes=6)))
    one, two = unroll(content, [out]), unroll(content, [out, back])
    assert ([row.work for row in one.rows], sorted(one.struck), one.whole) == (["t", "v"], ["u"], True)
    assert ([row.likes for row in two.rows], sorted(two.struck), two.digest, two.whole) == ([9, 8, 6], [], back.digest, True)


def test_an_amendment_that_was_altered_or_does_not_follow_is_found():
    row = ListRow(1, "p", "w", 9, "S1")
    content = {**FIRST, "digest": digest_of(FIRST)}
    good = _step(1, content["digest"], ListChange(row, None))
    other = AmendmentStep(1, (ListChange(row, row._replace(place=2)),), "", good.reason, good.digest)
    assert unroll(content, [good]).whole
    assert not unroll(content, [other]).whole
    assert not unroll(content, [_step(2, content["digest"], ListChange(row, None))]).whole
    assert not unroll({**content, "rows": []}, []).whole
