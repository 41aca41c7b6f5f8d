"""Previews: what is written where no Slack token is configured."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from alerts import preview
from alerts.build_message import build_message
from alerts.model import Message
from tests.alerts.sample_alerts import alert_content, notice_shortened, penalty_added
from tests.alerts.slack_rules import check_blocks

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)> & \"guillemets\""


class Page(HTMLParser):
    """Elements and text of a page, as a browser would see them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


@pytest.fixture
def hostile_message() -> Message:
    hostile = penalty_added(after=SCRIPT, heading=SCRIPT, facts=())
    return build_message(alert_content(platform_name=SCRIPT, document_title=SCRIPT, changes=(hostile,)))


def read_terminal(message: Message, width: int = 300) -> str:
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(preview.render_terminal(message))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_page_escapes_third_party_text(hostile_message: Message) -> None:
    page = Page(preview.render_html(hostile_message))
    assert not page.tags() & {"script", "img"}
    assert SCRIPT in page.text


def test_the_page_loads_nothing_from_elsewhere(hostile_message: Message) -> None:
    source = preview.render_html(hostile_message)
    page = Page(source)
    assert not page.tags() & {"link", "script", "img", "iframe", "object", "base", "form"}
    assert not re.search(r"url\(|@import", source)
    policies = [
        attrs["content"]
        for tag, attrs in page.elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_the_page_is_french_titled_and_marks_edits_as_deletion_and_insertion() -> None:
    source = preview.render_html(build_message(alert_content()))
    page = Page(source)
    assert ("html", {"lang": "fr"}) in page.elements
    assert "<title>Galerie Mirabelle\u00a0: Information préalable sur les modifications</title>" in source
    assert "<del>30 jours</del>" in source
    assert "<ins>10 jours</ins>" in source
    assert [tag for tag, _ in page.elements].count("h1") == 1


def test_an_english_page_says_so() -> None:
    assert ("html", {"lang": "en"}) in Page(
        preview.render_html(build_message(alert_content(), "en"), "en")
    ).elements


def test_the_json_is_the_payload_that_would_be_posted() -> None:
    message = build_message(alert_content())
    payload = json.loads(preview.render_json(message))
    assert payload == message.payload
    assert check_blocks(payload["blocks"]) == []


def test_the_terminal_shows_edits_without_relying_on_colour() -> None:
    shown = read_terminal(build_message(alert_content(changes=(notice_shortened(), penalty_added()))))
    assert "préavis de ~30 jours~ *10 jours*, notifié par courriel." in shown
    assert "• Moins favorable au vendeur professionnel" in shown
    assert "Conditions générales vendeurs (https://vendeurs.mirabelle.example/conditions)" in shown


def test_brackets_in_a_clause_are_not_console_markup() -> None:
    shown = read_terminal(
        build_message(alert_content(changes=(penalty_added(after="[red]Article[/red] [1]"),)))
    )
    assert "[red]Article[/red] [1]" in shown


def test_previews_are_written_and_listed(tmp_path: Path) -> None:
    folder = tmp_path / "apercus"
    since = datetime(2024, 3, 9, tzinfo=UTC)
    contents = [
        alert_content(alert_id=1, platform_name=SCRIPT),
        alert_content(
            alert_id=2, state="undone", state_since=since, changed_before=datetime(2024, 3, 7, tzinfo=UTC)
        ),
    ]
    entries = []
    for content in contents:
        message = build_message(content)
        files = preview.write_preview(folder, content.alert_id, message)
        assert json.loads(files.json.read_text("utf-8")) == message.payload
        assert files.html.read_text("utf-8") == preview.render_html(message, "fr", "index.html")
        entries.append(preview.list_preview(content, message))
    index = Page(preview.write_preview_index(folder, entries).read_text("utf-8"))
    links = [attrs["href"] for tag, attrs in index.elements if tag == "a"]
    assert links == ["2.html", "1.html"]
    assert "script" not in index.tags()
    assert "annulé" in index.text
    assert sorted(path.name for path in folder.iterdir()) == [
        "1.html",
        "1.json",
        "2.html",
        "2.json",
        "index.html",
    ]


def test_a_write_that_fails_leaves_the_earlier_preview_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = build_message(alert_content())
    files = preview.write_preview(tmp_path, 1, message)
    before = files.html.read_text("utf-8")

    def fail(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        preview.write_preview(tmp_path, 1, build_message(alert_content(platform_name="Autre")))
    assert files.html.read_text("utf-8") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.html", "1.json"]


def test_an_empty_list_says_that_there_is_no_alert(tmp_path: Path) -> None:
    assert "Aucune alerte." in preview.write_preview_index(tmp_path, []).read_text("utf-8")
