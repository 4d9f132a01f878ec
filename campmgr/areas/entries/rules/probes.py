"""What a file was found to be, before anybody says whether it may be handed in."""

from __future__ import annotations

from dataclasses import dataclass

PICTURE_FORMATS = ("JPG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIC")
VIDEO_FORMATS = ("MP4", "MOV", "3GP", "AVI", "MKV", "WEBM", "FLV", "WMV", "MPG", "TS")
SOUND_FORMATS = ("MP3", "WAV")
READ_WHOLE = ("JPG", "PNG", "MP4", "MOV", "3GP")
"""Formats that are read to their end, pictures point by point, videos box by box; of others only the format is known."""

TROUBLES = {
    "missing": "没有这个文件，或打不开",
    "empty": "0 字节的空文件",
    "unknown": "认不出是什么文件",
    "cut": "文件不完整（没有传完或存完）",
    "damaged": "内容损坏，不能完整打开",
    "bomb": "展开后大得离谱，没有打开",
    "undecoded": "点数太多，这里没有完整打开",
    "no_index": "没有影片索引（moov），多半没有存完",
    "no_duration": "读不出时长",
}
"""What may be wrong with a file whatever a notice asks."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A file as it was found. `container`: its format by its content, "" for none that is known; `ms` the length that players show
    and `track_ms` that of the picture's track, None where there is none to read.

    `width` and `height` are as shown, upright; `coded_short` and `coded_long` those of the points that are stored, 0 where unknown.
    `sha256` is None for files too large to be counted at every look. `trouble`: a word of `TROUBLES`, "" for none.
    """

    name: str
    bytes: int = 0
    sha256: str | None = None
    container: str = ""
    brand: str = ""
    codec: str = ""
    ms: int | None = None
    track_ms: int | None = None
    width: int = 0
    height: int = 0
    coded_short: int = 0
    coded_long: int = 0
    rotation: int = 0
    has_sound: bool = False
    trouble: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, of whatever format."""
        return self.container in PICTURE_FORMATS

    @property
    def is_video(self) -> bool:
        """Whether it is a video or a sound."""
        return self.container in VIDEO_FORMATS or self.container in SOUND_FORMATS

    @property
    def short_side(self) -> int:
        """Of what is shown and of what is stored the lesser: a small picture that is only shown large stays small."""
        shown = min(self.width, self.height)
        return min(shown, self.coded_short) if self.coded_short else shown

    @property
    def long_side(self) -> int:
        """The same of the long side."""
        shown = max(self.width, self.height)
        return min(shown, self.coded_long) if self.coded_long else shown
