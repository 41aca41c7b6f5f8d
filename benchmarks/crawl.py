"""What the crawl adds to a request, as ratios to a bare Scrapy spider on the same pages in the same run.

Both fetch from a server on loopback in a process of its own, one request at a time and without a pause. Once the pages
are new (a body each: judged, hashed, written to the archive and the manifest), once they are unchanged (304). The bare
spider keeps nothing and obeys no robots.txt. Alternating; the median of the runs is told.

    python -m benchmarks.crawl [--pages 200] [--runs 3]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from charter.declaration import Declaration
from crawlers.crawl import ROOT
from crawlers.job import SUFFIX, Job, JobDocument, KnownSnapshot, manifest_file
from crawlers.manifest import FetchRecord, read_manifest

BODY_BYTES = 60_000
_SERVER = """
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
PARAGRAPH = "<p>Le vendeur expédie sous deux jours et paie une commission de 15 % sur chaque vente.</p>\\n"
class Handler(BaseHTTPRequestHandler):
    protocol_version, wbufsize, disable_nagle_algorithm = "HTTP/1.1", -1, True
    def do_GET(self):
        tag = '"%s"' % self.path
        if self.path.endswith("/robots.txt"):
            self.answer(404, b"", tag)
        elif self.headers.get("If-None-Match") == tag:
            self.answer(304, None, tag)
        else:
            page = "<html><h1>%s</h1><main>%s</main></html>" % (self.path, PARAGRAPH * (BYTES // len(PARAGRAPH)))
            self.answer(200, page.encode(), tag)
    def answer(self, status, body, tag):
        self.send_response(status)
        self.send_header("ETag", tag)
        if body is not None:
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body or b"")
        self.wfile.flush()
    def log_message(self, *_):
        pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
"""
_BARE = """
import json, sys, time
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
pages = json.load(sys.stdin)
class Bare(scrapy.Spider):
    name = "bare"
    custom_settings = {"CONCURRENT_REQUESTS": 1, "ROBOTSTXT_OBEY": False, "LOG_ENABLED": False, "DOWNLOAD_DELAY": 0,
                       "COOKIES_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "RETRY_ENABLED": False}
    handle_httpstatus_list = [304]
    async def start(self):
        for url, headers in pages:
            yield scrapy.Request(url, headers=headers, dont_filter=True)
    def parse(self, response):
        pass
process = AsyncCrawlerProcess()
crawler = process.create_crawler(Bare)
process.crawl(crawler)
process.start()
stats = crawler.stats.get_stats()
print(stats["elapsed_time_seconds"], stats["response_received_count"])
"""


@contextmanager
def served() -> Iterator[str]:
    """A server of the pages in a process of its own; its address."""
    code = f"BYTES = {BODY_BYTES}\n{_SERVER}"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def crawl_bare(pages: list[tuple[str, dict[str, str]]]) -> tuple[float, float]:
    """Seconds of the crawl and of the whole process of a bare spider over addresses with their headers."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _BARE], input=json.dumps(pages), capture_output=True, text=True, check=True
    )
    seconds, answers = done.stdout.split()
    assert int(answers) == len(pages), done.stderr
    return float(seconds), time.perf_counter() - began


def crawl_ours(
    folder: Path, urls: list[str], known: list[FetchRecord]
) -> tuple[float, float, list[FetchRecord]]:
    """Seconds of the crawl and of the whole process of ours, and what it noted."""
    snapshots = {record.url: _known(record) for record in known}
    documents = [
        JobDocument(
            document_id=number,
            name=f"Document {number}",
            language="fr",
            declaration=Declaration.model_validate({"fetch": url, "select": "main"}),
            known=(snapshots[url],) if url in snapshots else (),
        )
        for number, url in enumerate(urls, start=1)
    ]
    job = Job(
        run_id=folder.name,
        platform_id="bazar",
        title="Benchmark",
        allowed_hosts=("127.0.0.1",),
        private_hosts=("127.0.0.1",),
        documents=tuple(documents),
        user_agent="Vigie benchmark",
        delay=0.0,
        warc_folder=folder.parent / "warc",
        data_folder=folder.parent,
    )
    folder.mkdir(parents=True)
    job_file = folder / f"bazar{SUFFIX}"
    job_file.write_text(job.model_dump_json(by_alias=True), encoding="utf-8")
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "crawlers.run_spider", str(job_file)], cwd=ROOT, check=True)
    total = time.perf_counter() - began
    records = read_manifest(manifest_file(job_file))
    assert [record.outcome for record in records] == ["not_modified" if known else "fetched"] * len(urls)
    stats = json.loads((folder / "bazar.stats.json").read_text(encoding="utf-8"))
    return float(stats["elapsed_time_seconds"]), total, records


def _known(record: FetchRecord) -> KnownSnapshot:
    return KnownSnapshot(
        url=record.final_url,
        snapshot_hash=str(record.snapshot_hash),
        payload_digest=record.payload_digest,
        etag=record.etag,
        warc_file=str(record.snapshot_file),
        warc_offset=int(record.snapshot_offset or 0),
        warc_record_id=str(record.snapshot_record_id),
        fetched_at=record.observed_at,
    )


def main() -> int:
    """Print requests per second and what each page costs beyond bare Scrapy."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with served() as address, tempfile.TemporaryDirectory() as data:
        urls = [f"{address}/cgv/{number}" for number in range(options.pages)]
        for run in range(options.runs):
            seconds, total, fetched = crawl_ours(Path(data) / f"new-{run}", urls, [])
            times.setdefault(("new", "Vigie"), []).append((seconds, total))
            times.setdefault(("new", "bare"), []).append(crawl_bare([(url, {}) for url in urls]))
            seconds, total, _ = crawl_ours(Path(data) / f"unchanged-{run}", urls, fetched)
            times.setdefault(("unchanged", "Vigie"), []).append((seconds, total))
            tagged = [(record.url, {"If-None-Match": record.etag}) for record in fetched]
            times.setdefault(("unchanged", "bare"), []).append(crawl_bare(tagged))
    print(f"{options.pages} pages of {BODY_BYTES / 1000:.0f} KB from loopback, median of {options.runs} runs")
    print(
        f"{'pages':10} {'spider':7} {'crawl':>8} {'process':>8} {'requests/s':>11} {'ms/page':>8} {'x bare':>7}"
    )
    for kind in ("new", "unchanged"):
        bare = statistics.median(seconds for seconds, _ in times[kind, "bare"])
        for spider in ("bare", "Vigie"):
            crawl, process = (statistics.median(column) for column in zip(*times[kind, spider], strict=True))
            print(
                f"{kind:10} {spider:7} {crawl:6.2f} s {process:6.2f} s {options.pages / crawl:11.0f} "
                f"{1000 * crawl / options.pages:8.2f} {crawl / bare:7.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
