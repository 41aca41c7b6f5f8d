"""The names a crawl resolves, and what it may connect to: the addresses that were checked are those connected to.

Twisted connects only to what its resolver hands over, so a name that leads elsewhere at the next question (DNS
rebinding) gains nothing. Behind a proxy it is the proxy that resolves; there only hosts written as addresses are
refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.job import Job
from crawlers.public_address import is_public

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IAddress

# Key of the settings: hosts, each with a port or 0 for every port, that may lie on any address.
EXEMPT_HOSTS = "VIGIE_EXEMPT_HOSTS"
_PORTS = {"http": 80, "https": 443}


def exempt_hosts(job: Job) -> list[tuple[str, int]]:
    """The hosts of a job that need not be public: its replay server and nothing else, or those that it names and the
    proxies of the machine."""
    if job.replay_url:
        return [_host_and_port(job.replay_url)]
    return [(host.lower(), 0) for host in job.private_hosts] + [
        _host_and_port(url) for scheme, url in getproxies().items() if scheme in _PORTS
    ]


@implementer(IHostnameResolver)
class PublicResolver:
    """Hands over the public addresses of a name. `refused` holds, by name, an address that was not handed over."""

    def __init__(self, reactor: ReactorBase, exempt: Sequence[tuple[str, int]]) -> None:
        self.refused: dict[str, str] = {}
        self._reactor: Any = reactor
        self._exempt = frozenset(map(tuple, exempt))
        self._inner: Any = self._reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicResolver:
        """The resolver of a process; Scrapy gives it the settings only."""
        return cls(reactor, crawler.settings.getlist(EXEMPT_HOSTS))

    def install_on_reactor(self) -> None:
        """Have every connection resolve through this."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's names, here and below
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve as the reactor would, without what must not be connected to."""
        name = hostName.lower()
        self.refused.pop(name, None)
        receiver = resolutionReceiver
        if not self._exempt & {(name, 0), (name, portNumber)}:
            receiver = _PublicOnly(resolutionReceiver, name, self.refused)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _PublicOnly:
    def __init__(self, receiver: Any, name: str, refused: dict[str, str]) -> None:
        self._receiver = receiver
        self._name = name
        self._refused = refused

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if is_public(address.host):
            self._receiver.addressResolved(address)
        else:
            self._refused[self._name] = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url if "//" in url else f"//{url}")
    return (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 80)
