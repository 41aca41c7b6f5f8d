"""Scrapy's settings for one job: everything that decides how a site is treated is here.

The lists of components are ours as a whole and not changes to Scrapy's: what is not named is not even imported (a
quarter of a crawl's start), and no release adds anything unasked (2.19 brought a server for remote commands).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawlers.browser_settings import browser_settings
from crawlers.find_browser import find_browser
from crawlers.job import Job, log_file
from crawlers.judge_failure import MAX_REDIRECTS
from crawlers.pages import list_pages
from crawlers.read_robots import MAX_CRAWL_DELAY
from crawlers.resolve_public import EXEMPT_HOSTS, exempt_hosts

_HANDLER = "crawlers.replay_handler.ReplayHandler"
# From the spider down to the site. A redirect begins again at the top.
_DOWNLOADER_MIDDLEWARES = {
    "crawlers.guard_hosts.GuardHosts": 50,
    "crawlers.wait_turn.WaitTurn": 80,
    "crawlers.obey_robots.ObeyRobots": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawlers.follow_refresh.FollowRefresh": 580,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "crawlers.keep_cookies.KeepCookies": 700,
    "crawlers.ask_if_changed.AskIfChanged": 720,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
    "crawlers.record_exchange.RecordExchange": 950,
}
# Only where a page needs it: its import alone costs more than a plain page.
_RENDERING = {"crawlers.render_pages.RenderPages": 20}
_SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.referer.RefererMiddleware": 700}
_EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}


def crawl_settings(job: Job, job_file: Path) -> dict[str, Any]:
    """Settings of the crawl of a job; its log goes beside the job file."""
    rendering = _RENDERING if any(page.is_rendered for page in list_pages(job)) else {}
    executable = find_browser(job.chromium) if rendering else None
    return {
        **(browser_settings(executable) if executable else {}),
        "DOWNLOADER_MIDDLEWARES_BASE": {**_DOWNLOADER_MIDDLEWARES, **rendering},
        "SPIDER_MIDDLEWARES_BASE": _SPIDER_MIDDLEWARES,
        "EXTENSIONS_BASE": _EXTENSIONS,
        "DOWNLOAD_HANDLERS_BASE": {"http": _HANDLER, "https": _HANDLER},
        "USER_AGENT": job.user_agent,
        # One request at a time, and a pause of fixed length between two to the same host.
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": job.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        # The pause grows with the time that the host takes to answer, so that it works for us half of the time at most,
        # and never falls below the job's.
        "AUTOTHROTTLE_ENABLED": job.delay > 0 and not job.replay_url,
        "AUTOTHROTTLE_START_DELAY": job.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(job.delay, MAX_CRAWL_DELAY),
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 0.5,
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # in the order of the job
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
        "REDIRECT_MAX_TIMES": MAX_REDIRECTS,
        # "In less than": a refresh of two seconds is followed.
        "METAREFRESH_MAXDELAY": 3,
        "METAREFRESH_IGNORE_TAGS": ["noscript"],
        "TWISTED_DNS_RESOLVER": "crawlers.resolve_public.PublicResolver",
        EXEMPT_HOSTS: exempt_hosts(job),
        "REFERRER_POLICY": "no-referrer",
        "DOWNLOAD_TIMEOUT": job.timeout,
        "DNS_TIMEOUT": job.timeout,
        "DOWNLOAD_MAXSIZE": job.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        # Evidence must come from the host that it names; Scrapy does not verify by itself.
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        # A proxy of the machine leads to the live web, not to a replay server on loopback.
        "HTTPPROXY_ENABLED": not job.replay_url,
        "LOG_FILE": str(log_file(job_file)),
        "LOG_FILE_APPEND": True,
        "LOG_LEVEL": "INFO",
        "STATS_DUMP": False,  # they have a file of their own
    }
