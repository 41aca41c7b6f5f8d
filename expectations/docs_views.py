"""Views of Data Docs that need nothing from the Internet.

The library's own pages load scripts, styles and pictures from seven hosts, and fill the index by script:
without a connection the index is blank, and with one the hosts learn who reads it. These views render the
same content with a style sheet of ours. Great Expectations loads this module by name; nothing else may import
it (it costs seconds).
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from great_expectations.render.components import RenderedContent
from great_expectations.render.view.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, Environment, PackageLoader, pass_context

_TEMPLATES = PackageLoader("expectations", "templates")


class PageView(DefaultJinjaPageView):
    """Page of a suite or of a result: the library's content in our frame."""

    def __init__(
        self, custom_styles_directory: str | None = None, custom_views_directory: str | None = None
    ) -> None:
        super().__init__(custom_styles_directory, custom_views_directory)
        # Ours first: page.j2 and collapse.j2 replace the library's, the rest stays.
        self.env.loader = ChoiceLoader([_TEMPLATES, *([self.env.loader] if self.env.loader else [])])

    @pass_context
    def render_content_block(
        self,
        jinja_context: Any,
        content_block: Any,
        index: Any = None,
        content_block_id: Any = None,
        render_to_markdown: bool = False,
    ) -> Any:
        """The library's rendering of a block, with plain values escaped: it puts failing values into pages as they are.

        Failing values are third-party text, so a page of ours must not run what a watched page wrote.
        """
        return super().render_content_block(
            jinja_context, _escape_values(content_block), index, content_block_id, render_to_markdown
        )


def _escape_values(block: Any) -> Any:
    if block is None or _is_component(block):
        return block
    if isinstance(block, list):
        return [element if _is_component(element) else html.escape(str(element)) for element in block]
    return html.escape(str(block))


def _is_component(block: Any) -> bool:
    """Whether the block is content that the library built (and escapes), rather than a value to show."""
    return isinstance(block, RenderedContent) or (isinstance(block, dict) and "content_block_type" in block)


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
