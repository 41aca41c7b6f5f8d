"""How the text of one change is told: shortened, side by side, never interpreted as markup."""

from __future__ import annotations

from alerts.build_message import build_message
from tests.alerts.read_message import read_french, read_quote
from tests.alerts.sample_alerts import alert_content, notice_shortened, penalty_added
from transforms.model import Edit


def test_a_long_clause_is_shortened_around_its_changed_words() -> None:
    filler = "Le vendeur tient ses stocks à jour et répond aux acheteurs. " * 80
    edits = (
        Edit("equal", filler + "Le compte peut être ", filler + "Le compte peut être "),
        Edit("replace", "suspendu", "fermé"),
        Edit("equal", " après trois retards. " + filler, " après trois retards. " + filler),
    )
    change = notice_shortened(
        before="".join(e.before for e in edits), after="".join(e.after for e in edits), edits=edits, facts=()
    )
    runs = read_quote(build_message(alert_content(changes=(change,))))
    assert runs == [
        ("", "… Le compte peut être "),
        ("old", "suspendu"),
        ("", " "),
        ("new", "fermé"),
        ("", " après trois retards. …"),
    ]


def test_a_rewritten_clause_is_told_as_two_texts() -> None:
    change = notice_shortened(
        before="Nous vous écrivons avant tout changement.",
        after="La plateforme publie ses tarifs au 1er janvier.",
        edits=(
            Edit(
                "replace",
                "Nous vous écrivons avant tout changement.",
                "La plateforme publie ses tarifs au 1er janvier.",
            ),
        ),
        facts=(),
    )
    text = read_french(changes=(change,))
    assert "Avant : \nNous vous écrivons avant tout changement.\nAprès : \nLa plateforme publie" in text


def test_markup_in_a_clause_stays_text() -> None:
    markup = "Écrire à <!channel> & <https://x.example|ici> *gras* ~barré~ _it_ `code` :fire:"
    change = penalty_added(after=markup, facts=())
    message = build_message(alert_content(changes=(change,), platform_name="Vert & <Co>"))
    assert ("", markup) in read_quote(message)
    assert message.blocks[0]["text"]["text"].startswith("Vert &amp; &lt;Co&gt;")
    assert "<!channel>" not in message.text
    assert "&lt;!channel&gt; &amp; &lt;https" in message.text


def test_a_link_is_made_of_http_addresses_only() -> None:
    def kinds(url: str) -> set[str]:
        message = build_message(alert_content(document_url=url))
        return {run["type"] for run in message.blocks[1]["elements"][0]["elements"]}

    assert "link" in kinds("https://vendeurs.example/cgv")
    assert "link" not in kinds("javascript:alert(1)")
