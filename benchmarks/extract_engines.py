"""Three ways from a page to Markdown under the same selectors: ours, lxml with markdownify, Beautiful Soup with
markdownify. Each finds what is selected by the means of its own library.

    python -m benchmarks.extract_engines ENGINE FOLDER

extracts every page of a folder and prints seconds of processor time, pages, peak memory (MB) and where the texts were
written. It is run as a process of its own, so that memory is that of one engine.
"""

from __future__ import annotations

import importlib.util
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

Engine = Callable[[bytes, list[str], list[str], str], str]


def load_vigie() -> Engine:
    """Ours: decoding, selection, cleaning, absolute links and all."""
    from transforms.extract_html import extract_html
    from transforms.extraction_rules import ExtractionRules, Snapshot

    def extract(page: bytes, select: list[str], remove: list[str], url: str) -> str:
        rules = ExtractionRules(tuple(select), tuple(remove), base_url=url)
        return extract_html(Snapshot(page), rules).markdown

    return extract


def load_lxml() -> Engine:
    """lxml selects, markdownify writes what it is given (it parses it again, with the parser of lxml)."""
    import lxml.html
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    converter = MarkdownConverter(heading_style="ATX", bullets="*", strip=["script", "style", "img"])

    def extract(page: bytes, select: list[str], remove: list[str], url: str) -> str:
        tree = lxml.html.document_fromstring(page.decode("utf-8", "replace"))
        for selector in [*remove, "script", "style", "noscript"]:
            for node in tree.cssselect(selector):
                node.drop_tree()
        tree.make_links_absolute(url)
        found = [node for selector in select for node in tree.cssselect(selector)]
        html = "".join(lxml.html.tostring(node, encoding="unicode", with_tail=False) for node in found)
        return str(converter.convert_soup(BeautifulSoup(html, "lxml"))).strip()

    return extract


def load_soup() -> Engine:
    """Beautiful Soup with Python's own parser selects, markdownify writes."""
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    converter = MarkdownConverter(heading_style="ATX", bullets="*", strip=["script", "style", "img"])

    def extract(page: bytes, select: list[str], remove: list[str], url: str) -> str:
        soup = BeautifulSoup(page, "html.parser")
        for selector in [*remove, "script", "style", "noscript"]:
            for node in soup.select(selector):
                node.decompose()
        found = [node for selector in select for node in soup.select(selector)]
        return "\n\n".join(str(converter.convert_soup(node)) for node in found).strip()

    return extract


ENGINES: dict[str, Callable[[], Engine]] = {
    "Vigie": load_vigie,
    "lxml + markdownify": load_lxml,
    "bs4 + markdownify": load_soup,
}
# Without these, two of the engines cannot run.
NEEDED = ("bs4", "markdownify")


def missing_libraries() -> list[str]:
    """Libraries that the public engines need and that are not installed."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def peak_memory() -> float:
    """Most memory that this process held (MB)."""
    status = Path("/proc/self/status")
    if status.is_file():
        # What getrusage says on Linux includes the parent before it became this process.
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Extract the pages of a folder (`pages.json` names them with their rules) with one engine."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    extract = ENGINES[name]()
    pages = json.loads((folder / "pages.json").read_text("utf-8"))
    bodies = [(folder / page["file"]).read_bytes() for page in pages]
    # The first page pays for what libraries load late.
    extract(bodies[0], pages[0]["select"], pages[0]["remove"], pages[0]["url"])
    texts, seconds = [], 0.0
    for page, body in zip(pages, bodies, strict=True):
        start = time.process_time()
        text = extract(body, page["select"], page["remove"], page["url"])
        seconds += time.process_time() - start
        texts.append(text)
    written = folder / f"{name}.json"
    written.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    print(
        json.dumps({"seconds": seconds, "pages": len(pages), "memory": peak_memory(), "texts": str(written)})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
