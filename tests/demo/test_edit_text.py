"""Every kind of edit does what it says, and one without a target names its line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from demo.build_history import ScriptError, build_texts, read_script
from tests.demo.make_script import BASE, edited, write_script


def test_replace_changes_one_wording(tmp_path: Path) -> None:
    text = edited(tmp_path, "replace", old="30 jours", new="15 jours")
    assert text == BASE.replace("30 jours", "15 jours")


def test_insert_after_adds_a_paragraph_of_its_own_after_a_paragraph(tmp_path: Path) -> None:
    text = edited(tmp_path, "insert_after", anchor="publie ses fiches", text="1.2 Il les tient à jour.")
    assert "ses fiches.\n\n1.2 Il les tient à jour.\n\n## Article 2" in text


def test_insert_after_adds_an_item_to_a_list_without_an_empty_line(tmp_path: Path) -> None:
    text = edited(tmp_path, "insert_after", anchor="par vente", text="- par avoir ;")
    assert "- par vente ;\n- par avoir ;\n- par retour." in text


def test_delete_takes_a_paragraph_and_one_empty_line(tmp_path: Path) -> None:
    text = edited(tmp_path, "delete", text="La commission est de 12 %")
    assert "## Article 2 - Frais\n\n- par vente ;" in text


def test_delete_takes_an_item_out_of_a_list(tmp_path: Path) -> None:
    assert "frais.pdf).\n\n- par retour.\n" in edited(tmp_path, "delete", text="par vente")


def test_move_section_renumbers_sections_clauses_and_references_and_changes_no_other_word(
    tmp_path: Path,
) -> None:
    text = edited(tmp_path, "move_section", section=3, before=1)
    assert re.findall(r"^## .*", text, re.MULTILINE) == [
        "## Article 1 - Préavis",
        "## Article 2 - Objet",
        "## Article 3 - Frais",
    ]
    assert "2.1 Le Vendeur régi par l'article 1 publie ses fiches." in text
    assert "1.1 Le préavis prévu à l'article 2 du règlement (UE) 2019/1150 est de 30 jours." in text
    words = r"[^\W\d_]+"
    assert Counter(re.findall(words, text)) == Counter(re.findall(words, BASE))


def test_a_move_is_undone_by_moving_the_neighbours(tmp_path: Path) -> None:
    there: dict[str, object] = {"edit": "move_section", "section": 3, "before": 1}
    # Préavis, Objet, Frais -> Objet, Préavis, Frais -> Objet, Frais, Préavis.
    back: list[dict[str, object]] = [
        {"edit": "move_section", "section": 1, "before": 3},
        {"edit": "move_section", "section": 3, "before": 2},
    ]
    path = write_script(tmp_path, [there], back)
    assert build_texts(read_script(path))[-1].text == BASE


def test_view_counter_changes_the_one_line_that_counts(tmp_path: Path) -> None:
    assert edited(tmp_path, "view_counter", to="1 377 vues") == BASE.replace("1 204 vues", "1 377 vues")


def test_date_stamp_changes_the_line_with_its_label(tmp_path: Path) -> None:
    text = edited(tmp_path, "date_stamp", label="Mis à jour le", to="10 mars 2025")
    assert text == BASE.replace("le 3 mars 2025", "le 10 mars 2025")


def test_rotating_host_changes_link_targets_only(tmp_path: Path) -> None:
    text = edited(tmp_path, "rotating_host", old="cdn-a.brume.example", new="cdn-z.brume.example")
    assert text == BASE.replace("https://cdn-a", "https://cdn-z")


def test_zero_width_adds_nothing_that_can_be_seen(tmp_path: Path) -> None:
    text = edited(tmp_path, "zero_width", every=5)
    assert "\u200b" in text
    assert text.replace("\u200b", "") == BASE


def test_replacement_characters_damage_every_nth_accented_letter(tmp_path: Path) -> None:
    text = edited(tmp_path, "replacement_characters", every=2)
    letters = re.findall(r"[^\x00-\x7f]", BASE)
    assert text.count("\ufffd") == len(letters) // 2
    assert text.startswith("# Conditions\n\nMis à jour")
    assert len(text) == len(BASE)


def test_lose_accents_keeps_the_letters(tmp_path: Path) -> None:
    text = edited(tmp_path, "lose_accents", every=1)
    assert text.isascii()
    assert "3.1 Le preavis prevu a l'article 2 du reglement" in text


def test_translate_line_changes_a_whole_line(tmp_path: Path) -> None:
    text = edited(tmp_path, "translate_line", old="Afficher en : français", new="Show in: English")
    assert text == BASE.replace("Afficher en : français", "Show in: English")


def test_render_twice_repeats_the_text(tmp_path: Path) -> None:
    assert edited(tmp_path, "render_twice") == f"{BASE}\n{BASE}"


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        ({"edit": "replace", "old": "absent", "new": "x"}, "'absent' occurs 0 times"),
        ({"edit": "replace", "old": "Article", "new": "x"}, "'Article' occurs 3 times"),
        ({"edit": "insert_after", "anchor": "absent", "text": "x"}, "occurs 0 times"),
        ({"edit": "delete", "text": "absent"}, "occurs 0 times"),
        ({"edit": "move_section", "section": 9, "before": 1}, "0 sections have the number 9"),
        ({"edit": "move_section", "section": 1, "before": 2}, "already stands before"),
        ({"edit": "view_counter", "to": "beaucoup"}, "'beaucoup' does not"),
        ({"edit": "date_stamp", "label": "Version du", "to": "x"}, "0 lines begin"),
        ({"edit": "rotating_host", "old": "cdn-q.example", "new": "x"}, "no link leads to"),
        ({"edit": "zero_width", "every": 999}, "fewer than 999 places"),
        ({"edit": "translate_line", "old": "Afficher", "new": "Show"}, "0 whole lines"),
        ({"edit": "restore", "round": 7}, "round 7 is not in the past"),
    ],
)
def test_an_edit_without_its_target_names_the_line_of_the_script(
    tmp_path: Path, edit: dict[str, object], problem: str
) -> None:
    path = write_script(tmp_path, [{"edit": "replace", "old": "12 %", "new": "14 %"}, edit])
    lines = path.read_text(encoding="utf-8").split("\n")
    line = max(number for number, text in enumerate(lines, start=1) if "- edit:" in text)
    with pytest.raises(
        ScriptError, match=rf"script\.yml:{line}: {edit['edit']} on Bazar de Brume: .*{problem}"
    ):
        build_texts(read_script(path))
