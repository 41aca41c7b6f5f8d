"""Segmentation: what a clause is, under which heading, with which number and context."""

from __future__ import annotations

import pytest

from transforms.split_clauses import clause_from_text, split_clauses

TERMS_OF_PORTALIA = """
Conditions des vendeurs de Portalia
===================================

_**Version mise à jour le 3 mars 2031**_

**ARTICLE 7 - RETRACTATION**

7.1 Le vendeur accepte le retour d'un article sous quatorze (14)
jours ouvrés.

**8\\. Suspension**

Portalia peut suspendre un compte dans les cas suivants :

* fausse déclaration ;
* retard répété, selon le [barème des retards](https://portalia.example/retards?x=1) :
    * plus de 5 % des envois ;
* non-paiement.

Pro. 8.2 - Préavis

Le préavis est de trente&nbsp;jours.

| Palier | Commission |
| --- | --- |
| Essentiel | 12 % |
| Avancé | 9,5 % |
"""


@pytest.fixture(scope="module")
def portalia():
    return split_clauses(TERMS_OF_PORTALIA)


def find(clauses, start):
    found = [clause for clause in clauses if clause.text.startswith(start)]
    assert len(found) == 1, [clause.text for clause in clauses]
    return found[0]


def test_positions_count_from_zero_without_a_gap(portalia):
    assert [clause.position for clause in portalia] == list(range(len(portalia)))


def test_bold_and_capital_lines_are_headings_of_what_follows(portalia):
    assert find(portalia, "ARTICLE 7").kind == "heading"
    assert find(portalia, "7.1").heading_path == (
        "Conditions des vendeurs de Portalia",
        "ARTICLE 7 - RETRACTATION",
    )
    assert find(portalia, "fausse").heading_path[-1] == "8. Suspension"


def test_a_bold_line_with_a_date_is_a_stamp_and_no_heading(portalia):
    assert find(portalia, "Version").kind == "paragraph"
    assert "Version" not in find(portalia, "7.1").heading


def test_a_short_numbered_line_over_a_text_is_a_heading_below_its_section(portalia):
    notice = find(portalia, "Le préavis")
    assert notice.heading_path[-2:] == ("8. Suspension", "Pro. 8.2 - Préavis")
    assert notice.text == "Le préavis est de trente jours."


def test_a_wrapped_line_belongs_to_its_paragraph(portalia):
    assert find(portalia, "7.1").text.endswith("quatorze (14) jours ouvrés.")


def test_a_list_item_has_its_lead_in_sentence_as_context(portalia):
    item = find(portalia, "fausse")
    assert (item.kind, item.context) == (
        "list_item",
        "Portalia peut suspendre un compte dans les cas suivants :",
    )


def test_a_nested_item_has_its_parent_as_context(portalia):
    assert find(portalia, "plus de 5 %").context == "retard répété, selon le barème des retards :"


def test_a_link_is_its_label_and_its_target_is_kept_apart(portalia):
    item = find(portalia, "retard répété")
    assert "https" not in item.text
    assert item.links == ("https://portalia.example/retards?x=1",)


def test_a_table_row_has_the_column_names_as_context(portalia):
    row = find(portalia, "Avancé")
    assert (row.kind, row.text, row.context) == ("table_row", "Avancé | 9,5 %", "Palier | Commission")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Pro. 10.8 - Modifications", "Pro. 10.8"),
        ("Article 9 - Résiliation du contrat", "Article 9"),
        ("3.2.1 The seller pays", "3.2.1"),
        ("(a) the seller pays", "a"),
        ("iv) the seller pays", "iv"),
        ("1° le vendeur paie", "1"),
        ("S-1.2 Listings", "S-1.2"),
        ("9 . Content", "9"),
        ("2.GENERALITES", "2"),
        ("30 jours après la vente", ""),
        ("1.5 % of the price", ""),
        ("24.06.2023 is the date", ""),
        ("4.83 calendar days", ""),
        ("Section 5 shall apply", ""),
        ("Ltd. 5 days later", ""),
        ("Parties : Portalia et le vendeur", ""),
    ],
)
def test_the_own_number_is_read_as_printed_and_a_figure_is_none(text, number):
    clause = clause_from_text("", text)
    assert clause.number == number
    assert clause.text == text


def test_short_numbered_lines_in_a_row_are_a_list_and_not_headings():
    clauses = split_clauses(
        "Forbidden goods:\n\n1. Knives\n\n2. Snakes\n\n3. Fireworks\n\nThe seller must not list them."
    )
    assert {find(clauses, name).kind for name in ("1.", "2.", "3.")} == {"list_item"}


def test_an_entry_of_the_table_of_contents_counts_as_heading():
    text = "* [Payment terms](#pay)\n* [Returns](#ret)\n\n## Payment terms\n\nWe pay weekly.\n\n## Returns\n\nNone."
    first = split_clauses(text)[0]
    assert (first.text, first.kind, first.links) == ("Payment terms", "heading", ("#pay",))


def test_a_clause_set_in_heading_type_stays_a_clause():
    long = (
        "The operator may change the fees of the service at any time, and the seller who does not agree " * 3
    )
    clauses = split_clauses(f"## {long}\n\nNext text.")
    assert clauses[0].kind == "paragraph"
    assert clauses[1].heading_path == ()


def test_a_series_that_starts_anew_makes_the_title_above_it_a_part():
    text = "\n\n".join(
        f"**{line}**" if line[-1].isalpha() else line
        for line in (
            *("General rules", "1. Fees", "You pay.", "2. Term", "It ends."),
            *("Storage rules", "S-1. Space", "It is small.", "S-2. Heat", "It is cold."),
        )
    )
    clauses = split_clauses(text)
    assert find(clauses, "It ends").heading == "General rules > 2. Term"
    assert find(clauses, "It is cold").heading == "Storage rules > S-2. Heat"


def test_paragraphs_cut_by_the_lines_of_a_pdf_are_joined_and_page_numbers_are_not():
    lines = [
        "Le Partenaire reconnaît avoir pris connaissance des présentes conditions et les accepter",
        "sans réserve pour toute la durée de son inscription sur la plateforme Portalia, ainsi que",
        "Portalia le lui rappelle.",
        "4. Paiement",
        "Le paiement intervient dans un délai qui ne peut dépasser trente jours à compter de la",
        "3",
        "réception de la commande par le client, sauf accord contraire des parties au contrat de",
        "vente en ligne.",
        "Toute somme indue est restituée au plus tard à la fin du mois qui suit la demande que le",
        "client a faite.",
    ]
    clauses = split_clauses("\n\n".join(lines))
    texts = [clause.text for clause in clauses]
    assert len(texts) == 5
    assert texts[0].endswith("ainsi que Portalia le lui rappelle.")
    assert texts[2].startswith("Le paiement") and texts[2].endswith("vente en ligne.")
    assert texts[3] == "3"
    assert clauses[2].heading == "4. Paiement"


def test_unfinished_paragraphs_elsewhere_are_left_alone():
    clauses = split_clauses("Nous vendons des objets anciens\n\nvoir la liste\n\nLes prix sont fixes.")
    assert len(clauses) == 3


def test_a_number_alone_on_its_line_goes_to_the_text_after_it():
    clauses = split_clauses("11.10.\n\nLe vendeur répond sous trois jours.")
    assert [(clause.number, clause.text) for clause in clauses] == [
        ("11.10", "11.10. Le vendeur répond sous trois jours.")
    ]


def test_a_bullet_alone_on_its_line_makes_the_next_line_an_item():
    clauses = split_clauses("The seller shall:\n\n●\n\npack the goods;\n\n●\n\nsend them.")
    assert [(c.kind, c.context) for c in clauses[1:]] == [("list_item", "The seller shall:")] * 2


def test_invisible_characters_and_odd_blanks_do_not_make_another_text():
    plain = split_clauses("## Fees\n\nThe fee is 5 % of the price.")
    dirty = split_clauses(
        "## Fees\u200b\n\n\u200b\n\nThe\u00a0fee is\u202f5\u00a0% of the\u00ad price.\ufeff"
    )
    assert [clause.text_hash for clause in plain] == [clause.text_hash for clause in dirty]


def test_an_empty_text_has_no_clause():
    assert split_clauses("") == ()
    assert split_clauses("\n\n* * *\n\n●\n\n---\n") == ()
