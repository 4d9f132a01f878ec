"""Whom a laptop believes at an address with https: whoever this system trusts, and what its user put beside the data file.

Messages prove themselves with or without it; a certificate that does not fit says that somebody stands in between, or that a
proxy was set up wrongly, and both are better told than passed over.
"""

from __future__ import annotations

import ssl
from pathlib import Path

from campmgr.errors import BadInput, Trouble

FOLDER = "trusted"
"""Beside the data file: certificates (.pem, .crt, .cer) of offices that made their own."""

_SORTS = {".pem", ".crt", ".cer"}
_OF_ANOTHER = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_OUT_OF_TIME = {9, 10}  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED


def trust(data_file: Path) -> ssl.SSLContext:
    """What to prove certificates by. Raises BadInput for a file in the folder that is no certificate."""
    context = ssl.create_default_context()
    folder = data_file.parent / FOLDER
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        if each.suffix.lower() in _SORTS:
            _believe(context, each)
    return context


def untrusted(problem: ssl.SSLError) -> Trouble:
    """What to say of a certificate that does not fit, or of an address that knows no https."""
    if not isinstance(problem, ssl.SSLCertVerificationError):
        return Trouble(
            "那个地址上说的不是 https。", reason="unreachable", hint="请核对地址；没有 https 的，把 https 改成 http 再试。"
        )
    if problem.verify_code in _OF_ANOTHER:
        why, hint = "对方的证书是给别的地址的", "请照证书上的名字填地址，或请对方换一份给这个地址的证书。"
    elif problem.verify_code in _OUT_OF_TIME:
        why, hint = "对方的证书过期了，或还没有到日子", "请先看本机的日期对不对；日期对的，请对方换一份证书。"
    else:
        why = "对方的证书不是这台电脑信任的"
        hint = f"单位自己做的证书，请当面向对方要证书文件（.crt 或 .pem），放进数据文件旁边的 {FOLDER} 文件夹，再同步。"
    return Trouble(f"{why}，没有同步。", reason="unreachable", hint=hint + "这期间照常用 U 盘。")


def _believe(context: ssl.SSLContext, path: Path) -> None:
    try:
        data = path.read_bytes()
        context.load_verify_locations(cadata=data.decode("ascii") if b"-----BEGIN" in data else data)
    except (OSError, ValueError) as problem:  # ssl.SSLError is an OSError
        raise BadInput(f"{FOLDER} 文件夹里的 {path.name} 不是证书文件，没有同步。", reason="unreadable_file",
                       hint="请换成对方给的 .crt 或 .pem 文件，或移走它。") from problem  # fmt: skip
