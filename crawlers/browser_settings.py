"""How the browser is started and what a page may do: everything that decides how a rendered page meets a site.

No stealth: the user agent is the job's, and a site can see that the browser is driven. The browser has no network of
its own. Every name fails to resolve and every connection goes to a proxy that is not there, so that what the routes of
a page (route_browser.py) do not answer is answered by nobody: pop-ups, sockets, workers, the browser's own errands.
"""

from __future__ import annotations

import os
from typing import Any

from crawlers.job import Job
from crawlers.pages import Page

_NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
# Pages that print times print ours, wherever the crawl runs.
_TIMEZONE = "Europe/Paris"
_START_MS = 30_000


def browser_settings(executable: str) -> dict[str, Any]:
    """Settings of scrapy-playwright."""
    # Chromium refuses to start as root with its sandbox.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": executable,
            "args": [*_NO_NETWORK, *sandbox],
            "chromium_sandbox": not sandbox,
            "timeout": _START_MS,
            # A signal ends the crawl, and the end of the crawl the browser.
            "handle_sigint": False,
            "handle_sigterm": False,
            "handle_sighup": False,
        },
        # Nothing is downloaded: no use to wait for it.
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": 1000,
    }


def context_options(job: Job, page: Page) -> dict[str, Any]:
    """What one page's own browser context is: as good as a new profile, with the identity of the crawl."""
    return {
        "user_agent": job.user_agent,
        "locale": page.document.language,
        "timezone_id": _TIMEZONE,
        "viewport": {"width": 1366, "height": 900},
        "reduced_motion": "reduce",
        "service_workers": "block",
        "accept_downloads": False,
        "permissions": [],
    }
