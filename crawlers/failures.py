"""Why a request got no answer: what the download middlewares and the download handler raise."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawlers.judge_answer import Judgement


class Withheld(IgnoreRequest):
    """A request that is not sent, by a rule of ours: robots.txt, or a host that is not the platform's."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.reason)
        self.judgement = judgement


class NoAnswer(Exception):
    """A request that was sent and got no complete answer; `__cause__` is what the downloader raised."""


class PrivateAddress(Exception):
    """A host lies on an address that is not a public one; the message is that address."""


class HeadersTooLarge(Exception):
    """An answer whose headers do not end within bounds."""


class RecordingFailed(Exception):
    """An answer that could not be written to the archive: nothing may be fetched that leaves no evidence."""
