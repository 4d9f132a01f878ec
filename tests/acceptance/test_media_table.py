"""Files around every edge of both notices are judged as a table says that knows the notices alone."""

from __future__ import annotations

from tests.acceptance.media_table import differences


def test_five_hundred_files_are_judged_as_the_table_says(tmp_path):
    assert differences(tmp_path, 500) == []
