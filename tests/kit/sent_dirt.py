"""What people send, and what becomes of each: I to O, as `sent_inputs` tells the rest."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO

from xlwt.CompoundDoc import XlsDoc

from tests.kit.sent_books import Shown
from tests.kit.sent_inputs import DAY, M, P, Parted, Sent, U

_MAIL_FILE = (
    b"Received: from mail.example.org (mail.example.org [192.0.2.1])\nFrom: <school@example.org>\nTo: <office@example.org>\n"
    b"Subject: =?utf-8?B?5ZCN5Y2V?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
)
_TOLD_MAIL = (
    "unreadable_file: 这是邮件，不是表格。请打开邮件，把里面的表格附件另存到电脑上，再导入那个附件；"
    "表格写在正文里的，复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"
)


def _outlook_message() -> bytes:
    """A message as Outlook saves it: an old Office file with streams of its own."""
    made = BytesIO()
    XlsDoc().save(made, b"\0" * 6000)
    name, other = ("".join(f"{letter}\0" for letter in each).encode() for each in ("Workbook", "__substg1.0_0037001F"))
    return made.getvalue().replace(name + b"\0" * (len(other) - len(name)), other)


DIRT = [
    # I. Shown is not stored
    Sent("I", "people", ".xls", [P, [Shown(7, "0000", "0007"), "甲一", "S1", "", ""]], "1+0=0-0; 0007 甲一  "),
    Sent("I", "people", ".ods", [P, ["k1", "甲一", "S1", Shown(2, '0"班"', "2班"), ""]], "1+0=0-0; k1 甲一 2班 "),
    Sent("I", "people", ".xlsx", [P, ["k1", "甲一", "S1", date(2023, 3, 2), ""]], "1+0=0-0; (became_date); k1 甲一  "),
    Sent("I", "people", ".csv gbk", [P, ["1.38E+10", "甲一", "S1", "3月1日", ""]], "0+0=0-1; 2 bad_number"),
    Sent("I", "marks", ".xlsx", [M, ["001", "V1", time(0, 30), DAY]], "0+0=0-1; 2 bad_number"),
    Sent("I", "marks", ".xlsx", [M, ["001", "V1", Shown(0.5, "0%", "50%"), DAY]], "0+0=0-1; 2 bad_number"),
    Sent("I", "people", ".xlsx", [P, ["k1", "甲一", "S1", "", 1.38e10]], "1+0=0-0; k1 甲一  13800000000"),
    # J. Refused for parts nobody reads
    Sent(
        "J", "people", ".xlsx", Parted([P, ["k1", "甲一", "S1", "", ""]], {"[trash]/0000.dat": b"\0" * 4096}), "1+0=0-0; k1 甲一  "
    ),
    Sent(
        "J",
        "people",
        ".xlsx",
        Parted([P, ["k1", "甲一", "S1", "", ""]], {"xl/media/image1.wdp": b"II\xbc\x01" * 900}),
        "1+0=0-0; k1 甲一  ",
    ),
    Sent(
        "J",
        "people",
        ".xlsx",
        Parted([P, ["k1", "甲一", "S1", "", ""]], {"_xmlsignatures/sig1.xml": b"<Signature>"}),
        "1+0=0-0; k1 甲一  ",
    ),
    Sent(
        "J",
        "people",
        ".xlsx",
        Parted([P, ["k1", "甲一", "S1", "", ""]], {"xl/embeddings/oleObject1.bin": bytes(9_000_000)}),
        "1+0=0-0; k1 甲一  ",
    ),
    Sent(
        "J",
        "people",
        ".xlsx",
        Parted([P, ["k1", "甲一", "S1", "", ""]], {"customXml/item1.xml": b"<!DOCTYPE a><a/>"}),
        "1+0=0-0; k1 甲一  ",
    ),
    Sent(
        "J",
        "people",
        ".xlsx",
        Parted([P, ["k1", "甲一", "S1", "", ""]], {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 9}),
        "1+0=0-0; k1 甲一  ",
    ),
    # K. csv dirt
    Sent("K", "people", ".csv gbk", [P, ['="007"', "甲一", "S1", "'2班", "\t13800000001"]], "1+0=0-0; 007 甲一 2班 13800000001"),
    Sent(
        "K",
        "people",
        ".csv utf-16",
        [["\ufeff编号", "姓\u200b名", "单位代码"], ["k1\u200b", "甲\u00ad一", "S1"]],
        "1+0=0-0; k1 甲一  ",
    ),
    Sent("K", "people", ".csv utf-8-sig", [["\ufeff编号", "姓名", "单位代码"], ["k1", "甲一\u3000", "S1"]], "1+0=0-0; k1 甲一  "),
    Sent("K", "people", ".csv utf-16-le", [P, ["k1", "甲一", "S1", "", ""]], "1+0=0-0; k1 甲一  "),
    Sent("K", "people", ".csv gb18030", [P, ["k1", "㐀一", "S1", "", ""]], "1+0=0-0; k1 㐀一  "),
    # L. The shorter sitting
    Sent("L", "marks", ".csv gbk", [M, ["001", "V1", "30", DAY], ["001", "V1", "10", DAY]], "1+0=1-0; 001 V1 2023-06-01 30"),
    Sent(
        "L",
        "marks",
        ".xls",
        [M, ["001", "V1", 10, DAY], ["001", "V1", "", DAY], ["001", "V1", 20, DAY]],
        "1+1=1-0; 001 V1 2023-06-01 -; 001 V1 2023-06-01 10",
    ),
    Sent(
        "L",
        "marks",
        ".ods",
        [M, ["001", "V1", "10分钟", DAY], ["001", "V1", "0.5小时", DAY]],
        "1+1=0-0; 001 V1 2023-06-01 10; 001 V1 2023-06-01 30",
    ),
    Sent(
        "L",
        "marks",
        ".csv utf-16",
        [M, ["001", "V1", 20, DAY], ["001", "V1", 20, "2023/6/1"], ["001", "V1", 20, "2023-06-02"]],
        "2+0=1-0; 001 V1 2023-06-01 20; 001 V1 2023-06-02 20",
    ),
    Sent(
        "L",
        "marks",
        ".xlsx",
        [["姓名", "单位代码", *M[1:]], ["张三", "S1", "V1", 5, DAY], ["张 三", "第一小学", "V1", 40, DAY]],
        "1+1=0-0; 001 V1 2023-06-01 5; 001 V1 2023-06-01 40",
    ),
    # M. Wrong diagnosis
    Sent(
        "M",
        "people",
        ".xlsx",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        "unreadable_file: 这是 PDF 文件，不是表格。请向对方要原来的表格，或用 WPS 把 PDF 转成表格，核对后再导入。",
    ),
    Sent(
        "M",
        "people",
        ".xls",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n<html>",
        "unreadable_file: 这是网页归档（.mht）改了名字，不是真正的表格。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。",
    ),
    Sent("M", "marks", ".csv", _MAIL_FILE, _TOLD_MAIL),
    Sent("M", "people", ".xlsx", _MAIL_FILE.partition(b"\n")[2].replace(b"\n", b"\r\n"), _TOLD_MAIL),
    Sent("M", "likes", ".csv", b"\xef\xbb\xbfX-Mailer: Foxmail\n" + _MAIL_FILE, _TOLD_MAIL),
    Sent("M", "people", ".xls", _outlook_message(), _TOLD_MAIL),
    Sent("M", "people", ".csv", "编号,姓名,单位代码\nk1,甲一,S1\n\x1a".encode("gbk"), "1+0=0-0; k1 甲一  "),
    Sent(
        "M",
        "people",
        ".csv",
        f"编号,姓名,单位代码,备注\nk1,甲一,S1,{'长' * 140_000}\nk2,甲二,S1,\n".encode(),
        "2+0=0-0; k1 甲一  ; k2 甲二  ",
    ),
    Sent(
        "M",
        "people",
        ".xls",
        b"{\\rtf1\\ansi \xb1\xe0\xba\xc5}",
        "unreadable_file: 这是文字文档（.rtf），不是表格。请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。",
    ),
    Sent(
        "M",
        "people",
        ".csv",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "unreadable_file: 这是图片，不是表格。请向对方要原来的表格（.xlsx、.xls、.ods 或 .csv）。",
    ),
    Sent(
        "M",
        "people",
        ".xls",
        b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook><Worksheet/></Workbook>",
        "unreadable_file: 这是 XML 格式的旧式表格（XML 电子表格 2003）。请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入。",
    ),
    # N. A doubtful side value
    Sent("N", "people", ".csv gbk", [P, ["k1", "甲一", "S1", "一班", "家长:13800000001"]], "1+0=0-0; (bad_number); k1 甲一 一班 "),
    Sent("N", "people", ".xls", [P, ["k1", "甲一", "S1", "一班", 13800000001.0]], "1+0=0-0; k1 甲一 一班 13800000001"),
    Sent("N", "people", ".ods", [P, ["k1", "甲一", "S1", "一班", "(0591)8765-4321"]], "1+0=0-0; (bad_number); k1 甲一 一班 "),
    Sent("N", "people", ".xlsx", [[*P, "参与者类别"], ["k1", "甲一", "S1", "一班", "", "未知类别"]], "0+0=0-1; 2 unknown_word"),
    Sent("N", "people", ".csv utf-16", [P, ["k1", "甲一", "S1", "一班", "+86 138-0000-0001"]], "1+0=0-0; k1 甲一 一班 13800000001"),
    Sent("N", "units", ".csv gbk", [[*U, "类别"], ["S7", "七小", "350102", "宇宙飞船"]], "0+0=0-1; 2 unknown_word"),
    # O. Lines above the headings
    Sent(
        "O",
        "people",
        ".csv gbk",
        [["报送单位:第一小学"], ["姓名", "年级班级"], ["甲一", "一班"]],
        "1+0=0-0; (form_line);  甲一 一班 ",
    ),
    Sent(
        "O",
        "people",
        ".xls",
        [["单位名称", "第一小学", "联系电话", "0591-1"], ["姓名", "班级"], ["甲一", "一班"]],
        "1+0=0-0; (form_line);  甲一 一班 ",
    ),
    Sent(
        "O",
        "people",
        ".ods",
        [["XX区报名表"], [], ["学校：第一小学（盖章）"], ["姓名", "班级"], ["甲一", "一班"]],
        "1+0=0-0; (form_line);  甲一 一班 ",
    ),
    Sent("O", "people", ".csv utf-16", [["填报单位：鼓楼区第一小学"], ["姓名"], ["甲一"]], "0+0=0-1; 3 missing_value; (form_line)"),
    Sent(
        "O",
        "marks",
        ".xlsx",
        [["课程编号：V1", None, "日期：2023-06-01"], ["编号", "分钟"], ["001", 20]],
        "missing_column: 缺少这些列：课程编号或方式。第 2 行找到的是：编号、分钟。请改好表头再导入，或选定哪一列是什么。",
    ),
]
