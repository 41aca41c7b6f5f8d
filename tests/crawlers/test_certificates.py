"""Sites are asked over TLS, and only those that prove to be who they are."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawlers.crawl import crawl
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.served_site import Site
from tests.crawlers.site_server import serve_sites


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of localhost with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def address(certificate: Path) -> Iterator[tuple[Site, str]]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serve_sites(context) as site:
        yield site, f"https://localhost:{site.url.split(':')[2].split('/')[0]}"


def test_a_site_with_a_trusted_certificate_is_fetched(
    address: tuple[Site, str], certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    _site, base = address
    job_file = write_job(tmp_path, [f"{base}/etag/cgv"], private_hosts=("localhost",))
    assert crawl(job_file).outcomes == {"fetched": 1}
    assert fetches(job_file)[f"{base}/etag/cgv"].final_url == f"{base}/etag/cgv"


def test_a_site_that_cannot_prove_who_it_is_gives_nothing(address: tuple[Site, str], tmp_path: Path) -> None:
    site, base = address
    job_file = write_job(tmp_path, [f"{base}/etag/cgv"], private_hosts=("localhost",))
    (transient,) = crawl(job_file).transient
    assert transient.outcome == "robots_unreachable"
    assert "certificate verify failed" in transient.reason
    assert site.hits == []
