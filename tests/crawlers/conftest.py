"""A web of invented sites, and jobs to crawl it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawlers.served_site import Site
from tests.crawlers.site_server import serve_sites


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_sites() as serving:
        yield serving
