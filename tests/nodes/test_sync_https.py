"""A sync to an address with https: the certificate of an office that made its own, and everyone who only says to be it."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from campmgr.errors import CampError
from tests.kit.wire import Wire, answering
from tests.nodes.test_sync import calls, county, served  # noqa: F401 - a fixture

HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))


def _certificate(folder: Path, name: x509.GeneralName = HERE, days: int = 30) -> ssl.SSLContext:
    """A certificate that signs itself, `folder/own.crt`, and what a proxy shows it with; `days` it holds from yesterday."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "区安办")])
    begin = dt.datetime.now(dt.UTC) - dt.timedelta(days=40 if days < 0 else 1)
    made = (
        x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key()).serial_number(7)
        .not_valid_before(begin).not_valid_after(begin + dt.timedelta(days=abs(days)))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, SHA256())
    )  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / "own.crt").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "own.der").write_bytes(made.public_bytes(Encoding.DER))
    (folder / "own.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(folder / "own.crt", folder / "own.key")
    return shows


@contextmanager
def _behind(address: str, shows: ssl.SSLContext) -> Iterator[str]:
    """A proxy that speaks https before a served laptop; its address."""
    wire = Wire(address)

    def serve(near: socket.socket) -> None:
        with suppress(OSError), shows.wrap_socket(near, server_side=True) as closed:
            wire.serve(closed)

    with answering(serve) as at:
        yield at.replace("http:", "https:")


def _believes(node, made: Path, name: str = "区安办.crt") -> None:
    folder = node.path.parent / "trusted"
    folder.mkdir()
    (folder / name).write_bytes(made.read_bytes())


@pytest.mark.parametrize(("made", "name"), [("own.crt", "区安办.crt"), ("own.der", "区安办.CER")])
def test_a_certificate_beside_the_data_file_is_believed(county, tmp_path, made, name):  # noqa: F811
    root, county = county
    pupil = county.joins("350102", "张三", "001")
    shows = _certificate(tmp_path / "proxy")
    _believes(county, tmp_path / "proxy" / made, name)
    with served(root) as address, _behind(address, shows) as closed:
        found = calls(county, closed)
        again = calls(county, closed)
    assert (found.sent, found.is_even, found.arrived, again.sent) == (2, True, "全营的主机", 0)
    assert root.person(pupil)
    assert root.hash == county.hash


def _of_a_stranger(folder: Path) -> ssl.SSLContext:
    _certificate(folder)
    return _certificate(folder.with_name("stranger"))


@pytest.mark.parametrize(
    ("make", "words", "hint"),
    [(_of_a_stranger, "不是这台电脑信任的", "trusted 文件夹"),
     (lambda folder: _certificate(folder, x509.DNSName("camp.example.org")), "是给别的地址的", "照证书上的名字填地址"),
     (lambda folder: _certificate(folder, days=-30), "过期了，或还没有到日子", "本机的日期")],
)  # fmt: skip
def test_a_certificate_that_does_not_fit_is_refused(county, tmp_path, make, words, hint):  # noqa: F811
    _, county = county
    shows = make(tmp_path / "proxy")
    _believes(county, tmp_path / "proxy" / "own.crt")
    with _behind("http://127.0.0.1:9", shows) as closed, pytest.raises(CampError, match=words) as told:
        calls(county, closed)
    assert told.value.reason == "unreachable"
    assert hint in (told.value.hint or "")
    assert "没有同步" in told.value.sentence


def test_an_address_without_https_says_so(county):  # noqa: F811
    _, county = county
    with (
        answering(lambda near: near.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as address,
        pytest.raises(CampError, match="说的不是 https") as told,
    ):
        calls(county, address.replace("http:", "https:"))
    assert "改成 http" in (told.value.hint or "")


def test_a_file_that_is_no_certificate_is_named(county, tmp_path):  # noqa: F811
    _, county = county
    (tmp_path / "x.crt").write_text("不是证书", "utf-8")
    _believes(county, tmp_path / "x.crt", "x.crt")
    with pytest.raises(CampError, match=r"trusted 文件夹里的 x\.crt 不是证书文件"):
        calls(county, "https://127.0.0.1:9")
