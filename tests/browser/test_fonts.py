"""Without a Chinese font every character is a hollow box, and nothing that is measured here means anything."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.usefixtures("browser")
def test_there_is_a_chinese_font():
    if sys.platform == "linux":  # elsewhere the system brings one
        found = subprocess.run(["fc-list", ":lang=zh", "family"], check=True, capture_output=True, text=True)
        assert found.stdout.strip(), "install a font with Chinese characters, such as the package fonts-noto-cjk"
