"""How findings about certificates are said: the same words on the pages, on the command line and in the checker file."""

from __future__ import annotations

STATES = {
    "valid": ("good", "证书有效", "编号、持有人和颁发日期如下，请与证书核对。"),
    "revoked": ("bad", "证书已收回", "这张证书颁发过，后来被收回，现在无效。"),
    "superseded": ("warn", "证书已换发", "持有人后来换了新证书，这个编号不再使用；请让持有人出示新的证书。"),
    "unknown": (
        "bad",
        "查不到这个编号",
        "这里没有颁发过这个编号的证书。证书也可能由别的单位颁发、还没有汇总到这里，请向颁发单位核实。",
    ),
    "forged": ("bad", "证书不可信", "签名不成立，请不要采信。"),
}
"""How each state is shown: colour, title, what it means and what to do."""

TITLES = {
    "number_only": "只有编号，不能判断",
    "mistyped": "看不懂这段文字",
    "unknown_unit": "查不到持有人的单位",
    "other_camp": "不是本营的证书",
    "unknown_issuer": "查不到签发单位",
    "issuer_revoked": "签发设备已停用",
}
"""Titles that say more than the state's own."""

NOTES = {
    "altered": "这段文字不完整或被改动过，签名不成立。请重新扫码或完整复制后再试；仍不成立的，请不要采信。",
    "bad_signature": "签名与内容对不上：内容被改动过，或者不是本营单位所签。请不要采信。",
    "other_number": "签名里的编号与一起给出的编号不一致。请不要采信。",
    "other_camp": "这是别的训练营的证书，这里查不到；请向那个训练营的颁发单位核实。",
    "unknown_issuer": "签名的密钥不属于本营已知的任何单位：可能是伪造的，也可能是刚获授权、还没有汇总到这里的单位所签。"
    "现在请不要采信，请向颁发单位核实。",
    "not_theirs": "签名的单位没有给持有人所在单位发证的权限。请不要采信。",
    "issuer_revoked": "签名是真的，但签发它的设备后来停用了，这里又没有这张证书的登记，现在不能采信；请向颁发单位核实，或请其重新打印。",
    "by_signature": "签名有效，签发单位有本营的授权。这张证书的登记还没有汇总到这里，撤销情况以“数据截至”的日期为准。",
    "details_changed": "签发以后，登记的姓名有更正，与证书上的不同；请持有人换发新证。",
    "published": "颁发单位公布了这个编号不再有效；原因请向颁发单位核实。",
}
"""What more is to say about a finding, and what to do."""

OFFLINE_NOTES = {
    "by_signature": "签名有效，签发单位有本营的授权，也不在撤销名单里。撤销情况以名单的截至日期为准。",
    "issuer_revoked": "签名是真的，但签发它的设备后来停用了，名单里又没有说这张证书仍然有效，现在不能采信；请向颁发单位核实，或请其重新打印。",
    "unknown_issuer": "签名的密钥不在这份核验文件里：可能是伪造的，也可能是这份文件做好以后才获授权的单位所签。现在请不要采信；"
    "请换新的核验文件再查，或向颁发单位核实。",
    "unknown_unit": "持有人的单位不在这份核验文件里，可能是后来才加入的。请换新的核验文件再查，或向颁发单位核实。",
    "published": "这个编号在撤销名单里，不再有效；原因请向颁发单位核实。",
    "number_only": "这个编号不在撤销名单里。只凭编号不能离线判断真伪，请扫证书上的二维码。",
    "mistyped": "这不是证书编号，也不是证书二维码里的文字。编号共 16 位，末位是校验位；请核对后重新输入。",
}
"""What the checker file says otherwise, since it has no ledger to look into."""
