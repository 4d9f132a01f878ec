"""Certificates as one PDF: how fast beside empty pages that the same library sets in the same runs, and the memory they take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from campmgr.areas.certificates.files.sheet import RUN, TEMPLATE, CertificateDesign, write_certificates
from campmgr.areas.certificates.queries.prints import PrintedCertificate
from campmgr.files.pdf_runs import join_pdf
from campmgr.files.press import Press
from campmgr.ids import sha256
from tests.bench.figures import Figure, Stopwatch, as_fast, of_limit, within
from tests.bench.memory import LIMIT_MB, measured_alone

LIMIT_MS_EACH = 4.5
FAMILIES, FIRST = "王李张刘陈杨赵黄周吴", 0x4E00


def certificates(folder: Path, count: int) -> Iterator[Figure]:
    """Speed and memory, with a frame, a name, and a code that holds a statement on every page."""
    watch = Stopwatch()
    out, look = folder / "certificates.pdf", made_look()
    some = made_certificates(count // 10)
    write_certificates(look, some[:RUN], (folder / "first.pdf").open("wb"))  # fonts are read once
    with watch("empty"), out.open("wb") as file:
        join_pdf((_empty(folder, look, start) for start in range(0, len(some), RUN)), file)
    with watch("certificates"), out.open("wb") as file:
        write_certificates(look, some, file)
    what = f"{len(some):,} certificates as one PDF / as many empty pages"
    yield as_fast(what, watch.took["certificates"], watch.took["empty"], 0.25)
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


def _empty(folder: Path, look: CertificateDesign, start: int) -> bytes:
    """A run of pages with nothing on them; each run another text, so that none is remembered."""
    sheet = folder / "empty.typ"
    sheet.write_text(f'#set page(paper: "a4", flipped: true)\n#for n in range({RUN}) {{ pagebreak(weak: false) }}', "utf-8")
    return look.press.pdf(sheet, str(start))
