"""Ten thousand certificates as one PDF: the time and the memory they take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from campmgr.areas.certificates.files.sheet import TEMPLATE, CertificateDesign
from campmgr.areas.certificates.queries.prints import PrintedCertificate
from campmgr.files.press import Press
from campmgr.ids import sha256
from tests.bench.figures import Figure, of_limit, within
from tests.bench.memory import LIMIT_MB, measured_alone

LIMIT_MS_EACH = 4.5
FAMILIES, FIRST = "王李张刘陈杨赵黄周吴", 0x4E00


def certificates(folder: Path, count: int) -> Iterator[Figure]:
    """Time and memory of a whole program, with a frame, a name, and a code that holds a statement on every page."""
    out = folder / "certificates.pdf"
    peak, took = measured_alone("certificates", folder / "none.sqlite", out, str(count))
    yield within(f"{count:,} certificates as one PDF, the whole program", took, LIMIT_MS_EACH * count)
    yield of_limit(f"peak of {count:,} certificates as one PDF", peak, LIMIT_MB, "MB")
    out.unlink()


def made_look() -> CertificateDesign:
    """How the made-up certificates look."""
    return CertificateDesign("“逃生演练训练营”电子结业证书", "第22个全国“安全生产月”", "“逃生演练训练营”",
                "参加{训练营}，完成 {课时} 课时的学习，达到结业要求，特发此证。", ("演练省",), "", "https://camp.example.org",
                TEMPLATE, Press())  # fmt: skip


def made_certificates(count: int) -> list[PrintedCertificate]:
    """Certificates of made-up people, whose names need thousands of different characters; statements as long as real ones."""
    return [PrintedCertificate(f"ABCD-EFGH-{n // 10_000:04d}-{n % 10_000:04d}", _name(n), f"演练小学{n // 45}", 850, "2023-06-10",
                               (sha256(str(n)) * 4)[:200]) for n in range(count)]  # fmt: skip


def _name(n: int) -> str:
    return FAMILIES[n % 10] + chr(FIRST + n * 7 % 5000) + chr(FIRST + n % 3000)
