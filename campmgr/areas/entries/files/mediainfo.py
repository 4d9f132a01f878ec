"""What our own reader cannot tell of a video, asked of MediaInfo where it is installed: `pip install campmgr[media]`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from campmgr.areas.entries.rules.probes import Probe

_CODECS = {"AVC": "h264", "HEVC": "hevc", "AV1": "av1", "VP9": "vp9", "MPEG-4 Visual": "mpeg4", "ProRes": "prores"}


def ask_mediainfo(path: Path, probe: Probe) -> Probe:
    """The probe with what MediaInfo tells; unchanged but for "no_duration" where it is not installed or knows nothing."""
    try:
        from pymediainfo import MediaInfo  # an extra: few files need it -- slow import

        tracks = MediaInfo.parse(path).tracks
    except (ImportError, OSError, RuntimeError):
        tracks = []
    whole = next((each for each in tracks if each.track_type == "General"), None)
    shown = next((each for each in tracks if each.track_type == "Video"), None)
    has_sound = any(each.track_type == "Audio" for each in tracks)
    ms = _number(whole.duration) if whole else 0
    found = replace(probe, ms=ms or None, has_sound=has_sound or probe.has_sound, trouble="" if ms else "no_duration")
    return _shown(found, shown) if shown and not probe.width else found


def _shown(probe: Probe, track: Any) -> Probe:
    """The size as it is seen; MediaInfo tells the rotation apart."""
    width, height, turned = _number(track.width), _number(track.height), _number(track.rotation)
    if turned % 180:
        width, height = height, width
    codec = _CODECS.get(str(track.format), str(track.format or "").lower())
    return replace(probe, codec=codec, track_ms=_number(track.duration) or None, width=width, height=height, rotation=turned)


def _number(told: object) -> int:
    try:
        return round(float(str(told)))
    except ValueError:
        return 0
