"""Files that are no spreadsheets, whatever their name says: what each is, in words."""

from __future__ import annotations

import re
from collections.abc import Collection

SAVE_AS = "请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。"
NOT_A_SHEET = "这个文件不是表格（支持 .xlsx、.xls、.ods、.csv）。" + SAVE_AS

_PICTURE = "这是图片，不是表格。请向对方要原来的表格（.xlsx、.xls、.ods 或 .csv）。"
_ARCHIVE = "这是压缩包，不是表格。请先解压，再导入里面的表格。"
_BEGINNINGS = (
    (b"%PDF-", "这是 PDF 文件，不是表格。请向对方要原来的表格，或用 WPS 把 PDF 转成表格，核对后再导入。"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"{\\rtf", "这是文字文档（.rtf），不是表格。请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"),
    (b"SQLite format 3", "这是数据库文件，不是表格。要恢复备份请用 campmgr restore。"),
)
_MAIL = "这是邮件，不是表格。请打开邮件，把里面的表格附件另存到电脑上，再导入那个附件；表格写在正文里的，复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"
_MAIL_BEGINS = re.compile(rb"(?:Received|Return-Path|Delivered-To|Message-ID|X-[A-Za-z-]{2,40}) *:[^\n]*\n", re.IGNORECASE)
_MAIL_NAMES = (
    re.compile(rb"(?:\A|\n)From *: *[^\n]", re.IGNORECASE),
    re.compile(rb"(?:\A|\n)(?:To|Message-ID) *: *[^\n]", re.IGNORECASE),
)
_WORKBOOK_PAGE = re.compile(rb"X-Document-Type *:", re.IGNORECASE)
_OUTLOOK = "__substg1.0_"
_WEB_ARCHIVE = re.compile(rb"(?:^|\n)(?:MIME-Version:|Content-Type: *multipart/related|Content-Location:)", re.IGNORECASE)
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_IN_ARCHIVES = (
    ("word/", "这是 Word 文档（.docx），不是表格。请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"),
    ("ppt/", "这是演示文稿（.pptx），不是表格。请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"),
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb），程序读不了。" + SAVE_AS),
    ("index/", "这是 Numbers 表格，程序读不了。请在 Numbers 里选“导出为 Excel”，再导入。"),
    ("document.xml", NOT_A_SHEET),
)
_OLD_DOCUMENTS = (
    ("WordDocument", "这是 Word 文档（.doc），不是表格。请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"),
    ("PowerPoint Document", "这是演示文稿（.ppt），不是表格。请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"),
)


def known_by_beginning(head: bytes) -> str:
    """What a file is by its first bytes, as a sentence; "" for what may be a table."""
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for begin, sentence in _BEGINNINGS:
        if head.startswith(begin) and (len(begin) > 2 or b"\0" in head):
            return sentence
    if not bare.startswith(b"<") and _is_mail(bare):
        return _MAIL
    if not bare.startswith(b"<") and _WEB_ARCHIVE.search(bare[:2000]) and b"\n" in bare[:200]:
        return "这是网页归档（.mht）改了名字，不是真正的表格。" + SAVE_AS
    if bare.startswith(b"<") and _XML_SHEET in head:
        return "这是“XML 电子表格 2003”，程序读不了。" + SAVE_AS
    return ""


def known_in_archive(names: Collection[str]) -> str:
    """What a zip is by the names in it, that holds no table we read."""
    small = [name.lower() for name in names]
    for begin, sentence in _IN_ARCHIVES:
        if any(name.startswith(begin) for name in small):
            return sentence
    return _ARCHIVE


def known_by_streams(names: Collection[str]) -> str:
    """What an old Office file is by its streams, that holds no workbook."""
    if any(name.startswith(_OUTLOOK) for name in names):
        return _MAIL
    return next((sentence for name, sentence in _OLD_DOCUMENTS if name in names), NOT_A_SHEET)


def _is_mail(head: bytes) -> bool:
    """Whether a text begins as a message that was sent and saved (.eml) does; a web page that was saved names no receiver."""
    if _WORKBOOK_PAGE.search(head):
        return False
    return bool(_MAIL_BEGINS.match(head)) or all(each.search(head) for each in _MAIL_NAMES)
