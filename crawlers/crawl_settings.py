"""Scrapy's settings for one job: everything that decides how a site is treated is here.

The lists of components are ours as a whole and not changes to Scrapy's: what is not named is not even imported (a
quarter of a crawl's start), and no release adds anything unasked (2.19 brought a server for remote commands).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawlers.job import Job, log_file
from crawlers.judge_failure import MAX_REDIRECTS

_HANDLER = "crawlers.replay_handler.ReplayHandler"
# From the spider down to the site. A redirect begins again at the top.
_DOWNLOADER_MIDDLEWARES = {
    "crawlers.guard_hosts.GuardHosts": 50,
    "crawlers.obey_robots.ObeyRobots": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "crawlers.keep_cookies.KeepCookies": 700,
    "crawlers.ask_if_changed.AskIfChanged": 720,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
    "crawlers.record_exchange.RecordExchange": 950,
}
_SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.referer.RefererMiddleware": 700}
_EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
}


def crawl_settings(job: Job, job_file: Path) -> dict[str, Any]:
    """Settings of the crawl of a job; its log goes beside the job file."""
    return {
        "DOWNLOADER_MIDDLEWARES_BASE": _DOWNLOADER_MIDDLEWARES,
        "SPIDER_MIDDLEWARES_BASE": _SPIDER_MIDDLEWARES,
        "EXTENSIONS_BASE": _EXTENSIONS,
        "DOWNLOAD_HANDLERS_BASE": {"http": _HANDLER, "https": _HANDLER},
        "USER_AGENT": job.user_agent,
        # One request at a time, and a pause of fixed length between two to the same host.
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": job.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # in the order of the job
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
        "REDIRECT_MAX_TIMES": MAX_REDIRECTS,
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
