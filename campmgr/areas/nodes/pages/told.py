"""What somebody tells a form by a picture of a QR code, a file, or pasted and typed text."""

from __future__ import annotations

from pathlib import Path

from campmgr.errors import BadInput
from campmgr.files.qr_reading import read_qr

_PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"}
_LONGEST = 1 << 24


def is_picture(path: Path) -> bool:
    """Whether a file that was sent is called a picture."""
    return path.suffix.lower() in _PICTURES


def code_in(path: Path, otherwise: str) -> str:
    """The text of the QR code in a picture; `otherwise`: what else can be done where none is seen. Raises BadInput, Busy."""
    if path.stat().st_size > _LONGEST:
        raise BadInput("这张照片太大。", reason="too_large", hint=otherwise)
    try:
        return read_qr(path.read_bytes())
    except BadInput as problem:
        raise BadInput(
            problem.sentence, reason=problem.reason, hint=f"请靠近一些、对准二维码重拍，避免反光；{otherwise}"
        ) from problem
