"""Views of Data Docs that need nothing from the Internet.

The library's own pages load scripts, styles and pictures from seven hosts, and fill the index by script:
without a connection the index is blank, and with one the hosts learn who reads it. These views render the
same content with a style sheet of ours. Great Expectations loads this module by name; nothing else may import
it (it costs seconds).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from great_expectations.render.view.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, Environment, PackageLoader

_TEMPLATES = PackageLoader("expectations", "templates")


class PageView(DefaultJinjaPageView):
    """Page of a suite or of a result: the library's content in our frame."""

    def __init__(
        self, custom_styles_directory: str | None = None, custom_views_directory: str | None = None
    ) -> None:
        super().__init__(custom_styles_directory, custom_views_directory)
        # Ours first: page.j2 and collapse.j2 replace the library's, the rest stays.
        self.env.loader = ChoiceLoader([_TEMPLATES, *([self.env.loader] if self.env.loader else [])])


class IndexRenderer:
    """Hands the links over as they are: the index page is a template of ours."""

    @classmethod
    def render(cls, index_links: Mapping[str, Any]) -> Mapping[str, Any]:
        """The links, unchanged."""
        return index_links


class IndexView:
    """The index: every result, newest first, and every suite."""

    def __init__(self) -> None:
        self._template = Environment(loader=_TEMPLATES, autoescape=True).get_template("index.html.j2")

    def render(self, links: Mapping[str, Any], **_kwargs: object) -> str:
        """The page, from the links that the site's index builder collected."""
        return self._template.render(
            results=links.get("validations_links", []),
            suites=sorted(
                links.get("expectations_links", []), key=lambda link: str(link["expectation_suite_name"])
            ),
        )
