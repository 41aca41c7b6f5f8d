"""A crawl connects to public addresses only, and to the very ones that were checked."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.crawl import crawl
from crawlers.job import read_job
from crawlers.public_address import is_private_literal, is_public
from crawlers.resolve_public import PublicResolver, exempt_hosts
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.served_site import Site


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "198.18.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "bazar.example",
        "",
    ],
)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "151.101.1.140", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_what_is_public_is_not(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "is_private"),
    [("127.0.0.1", True), ("[::1]", True), ("fd00::1", True), ("8.8.8.8", False), ("bazar.example", False)],
)
def test_a_host_written_as_an_address_is_told_without_a_resolver(host: str, is_private: bool) -> None:
    assert is_private_literal(host) is is_private


class Names:
    """The names of an invented network, each with one list of addresses for each time it is asked for."""

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self.answers = answers

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> object:  # noqa: N802
        receiver.resolutionBegan(self)
        for address in self.answers[name].pop(0):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return self


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, _: object) -> None:  # noqa: N802
        assert not self.addresses

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.is_complete = True


def ask(resolver: PublicResolver, name: str, port: int = 443) -> list[str]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, name, port)
    assert receiver.is_complete
    return receiver.addresses


def resolver_over(answers: dict[str, list[list[str]]], *exempt: tuple[str, int]) -> PublicResolver:
    class Reactor:
        nameResolver = Names(answers)  # noqa: N815

    return PublicResolver(Reactor(), exempt)  # type: ignore[arg-type]


def test_a_name_that_leads_elsewhere_at_the_next_question_gains_nothing() -> None:
    resolver = resolver_over({"rebind.example": [["8.8.8.8"], ["127.0.0.1"], ["8.8.4.4"]]})
    assert ask(resolver, "rebind.example") == ["8.8.8.8"]
    assert resolver.refused == {}
    assert ask(resolver, "rebind.example") == []
    assert resolver.refused == {"rebind.example": "127.0.0.1"}
    assert ask(resolver, "rebind.example") == ["8.8.4.4"]
    assert resolver.refused == {}


def test_of_several_addresses_only_the_public_ones_are_handed_over() -> None:
    resolver = resolver_over({"mixed.example": [["10.0.0.1", "2606:4700::1111", "::1", "8.8.8.8"]]})
    assert ask(resolver, "mixed.example") == ["2606:4700::1111", "8.8.8.8"]


def test_an_exempt_host_is_so_at_its_port_only() -> None:
    answers = {"127.0.0.1": [["127.0.0.1"], ["127.0.0.1"]]}
    resolver = resolver_over(answers, ("127.0.0.1", 9000))
    assert ask(resolver, "127.0.0.1", 9000) == ["127.0.0.1"]
    assert ask(resolver, "127.0.0.1", 22) == []


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_proxy")
def test_the_replay_server_is_exempt_and_nothing_beside_it(tmp_path: Path) -> None:
    page = "https://bazar.example/cgv"
    live = read_job(write_job(tmp_path / "a", [page], private_hosts=("Intranet.example",)))
    replayed = read_job(
        write_job(tmp_path / "b", [page], "http://127.0.0.1:9000/x", private_hosts=("intranet.example",))
    )
    assert exempt_hosts(live) == [("intranet.example", 0)]
    assert exempt_hosts(replayed) == [("127.0.0.1", 9000)]


def test_the_proxy_of_the_machine_is_exempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_proxy: None
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.intern:3128")
    assert exempt_hosts(read_job(write_job(tmp_path, ["https://bazar.example/"]))) == [("proxy.intern", 3128)]


@pytest.fixture
def port(site: Site) -> Iterator[int]:
    yield int(site.url.rsplit(":", 1)[1].split("/")[0])
    assert site.hits == [], "a request reached the server"


PRIVATE_HOSTS = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]


@pytest.mark.usefixtures("no_proxy")
def test_a_site_on_a_private_address_is_not_asked_for_anything(tmp_path: Path, port: int) -> None:
    pages = [f"http://{host}:{port}/etag/cgv" for host in PRIVATE_HOSTS]
    job_file = write_job(tmp_path, pages, timeout=3.0)
    report = crawl(job_file)
    assert report.outcomes == {"private_address": len(pages)}
    for fetch in fetches(job_file).values():
        assert "is not a public address" in fetch.reason
        assert fetch.attempt == 1


def test_behind_a_proxy_a_host_written_as_a_private_address_is_refused(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, no_proxy: None
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    job_file = write_job(tmp_path, ["http://169.254.169.254/latest/meta-data/"])
    assert crawl(job_file).outcomes == {"private_address": 1}


def test_names_of_this_machine_are_what_the_tests_above_think() -> None:
    assert {info[4][0] for info in socket.getaddrinfo("2130706433", 80)} == {"127.0.0.1"}
