"""What a picture is found to be; JPG and PNG are unpacked whole, since a file cut in half still has a good head."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from campmgr.areas.entries.rules.probes import Probe
from campmgr.files.pictures import BROKEN, MOST_MEMORY

_FORMATS = {"JPG": ("JPEG",), "PNG": ("PNG",)}
_POINT = 4
"""Bytes of a point once unpacked."""

_ROUNDS = 6
"""Bytes of a point of a JPEG that comes in several rounds: all of it is held until the last."""

_EIGHTH = (1, 1)
"""A JPEG is read to its end at the smallest fraction: what it says is checked, and an eighth of the points is kept."""

_HELD = 0x0112
_ON_ITS_SIDE = (5, 6, 7, 8)
"""The EXIF tag that says how the camera was held, and its values for a picture on its side."""


def probe_picture(path: Path, probe: Probe) -> Probe:
    """Unpack a picture and say how large it is; `trouble` where that fails or would take too much."""
    if probe.container not in _FORMATS:
        return probe
    from PIL import Image  # only who checks pictures needs it -- slow import

    try:
        with Image.open(path, formats=_FORMATS[probe.container]) as image:
            found = replace(probe, width=image.size[0], height=image.size[1])
            image.draft(None, _EIGHTH)
            whole, kept = found.width * found.height, image.size[0] * image.size[1] * _POINT
            if max(kept, whole * _ROUNDS if image.info.get("progressive") else 0) > MOST_MEMORY:
                return replace(found, trouble="bomb" if whole > 2 * (Image.MAX_IMAGE_PIXELS or whole) else "undecoded")
            image.load()
            if image.getexif().get(_HELD, 1) in _ON_ITS_SIDE:
                return replace(found, width=found.height, height=found.width)
            return found
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return replace(probe, trouble="bomb")
    except BROKEN as problem:
        is_cut = isinstance(problem, OSError) and "truncated" in str(problem)
        return replace(probe, trouble="cut" if is_cut else "damaged")
