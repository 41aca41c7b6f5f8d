"""What a rendered page means for the page that was asked for: one outcome of the closed list, with its reason."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

from crawlers.job import Job
from crawlers.judge_answer import Judgement
from crawlers.render_in_browser import Rendered
from crawlers.route_browser import BrowserRoutes


def judge_rendering(
    rendered: Rendered, routes: BrowserRoutes, job: Job, judge: Callable[[bytes], Judgement]
) -> Judgement:
    """The outcome of a rendered page; `judge` says what its markup would mean as an answer."""
    if routes.moved is not None:
        return routes.moved
    if rendered.is_too_large:
        return Judgement("too_large", f"the rendered page has more than {job.max_bytes} bytes")
    rest, dom = rendered.rest, rendered.dom
    # The scripts have run: what is said to those who run none counts only where they brought nothing.
    judged = judge(_without_noscript(dom) if rest.has_appeared else dom)
    if judged.outcome != "fetched":
        return judged
    if not rest.has_appeared:
        missing = ", ".join(f'"{selector}"' for selector in rest.missing)
        return Judgement(
            "not_rendered", f"{missing} did not appear within {job.timeout:g} seconds", judged.evidence
        )
    if not rest.is_at_rest:
        return Judgement("not_rendered", f"its text still changed after {job.timeout:g} seconds")
    dismissed = f", {', '.join(rest.dismissed)} clicked away" if rest.dismissed else ""
    said = f"rendered with {routes.asked} requests to {len(dom)} bytes{dismissed}"
    return Judgement("fetched", said, judged.evidence)


def _without_noscript(dom: bytes) -> bytes:
    tree = LexborHTMLParser(dom.decode())
    tree.strip_tags(["noscript"])
    return (tree.html or "").encode()
