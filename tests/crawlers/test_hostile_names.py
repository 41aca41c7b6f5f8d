"""No name of a file comes from the network."""

from __future__ import annotations

from pathlib import Path

from crawlers.crawl import crawl
from tests.crawlers.sample_jobs import fetches, write_job
from tests.crawlers.served_site import Hit
from tests.crawlers.site_server import Handler, serve_sites

BAZAR = "https://bazar.example"
HOSTILE = [
    f"{BAZAR}/named/../../../../etc/passwd",
    f"{BAZAR}/named/..%2f..%2f..%2fetc%2fpasswd",
    f"{BAZAR}/named/%00/%0a/$(touch%20x)",
    f"{BAZAR}/named/{'a' * 3000}",
    f"{BAZAR}/named/x?file=../../x.warc.gz",
]


class NamingHandler(Handler):
    def answer_named(self, _hit: Hit, body: bytes, _rest: str) -> None:
        headers = {
            "Content-Disposition": 'attachment; filename="../../../evil.warc.gz"',
            "Content-Location": "../../evil",
            "ETag": '"../../../evil"',
            "Link": "<../../evil>; rel=canonical",
            "Set-Cookie": "../../evil=../../evil; Path=/",
        }
        self.send(200, body, headers)


def test_hostile_names_lead_to_the_same_files_as_any_other(tmp_path: Path) -> None:
    with serve_sites(handler=NamingHandler) as site:
        job_file = write_job(tmp_path, HOSTILE, site.url)
        assert crawl(job_file).outcomes == {"fetched": len(HOSTILE)}
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    folder = job_file.parent.relative_to(tmp_path).as_posix()
    assert written == [
        *(
            f"{folder}/bazar{suffix}"
            for suffix in (".job.json", ".lock", ".log", ".manifest.jsonl", ".stats.json")
        ),
        "data/warc/scheduled__2025-02-03T06-00-00-00-00-bazar-00001.warc.gz",
    ]
    assert {fetch.warc_file for fetch in fetches(job_file).values()} == {written[-1].removeprefix("data/")}
