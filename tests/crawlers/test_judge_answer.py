"""The outcome of an answer, where it depends on what the page says."""

from __future__ import annotations

import pytest

from crawlers.decode_body import BodyTooLarge, UndecodableBody
from crawlers.judge_answer import Answer, judge_answer
from tests.crawlers.site_server import CHALLENGE

POLICY = "<html><body><h1>Conditions de vente</h1>" + "<p>Le vendeur expédie sous deux jours.</p>" * 100
SHELL = (
    "<html><body><div id='app'></div>"
    "<noscript>Veuillez activer JavaScript pour continuer.</noscript></body></html>"
)


def judge(status: int, body: str = POLICY, media_type: str = "text/html", **given: object) -> tuple[str, str]:
    answer = Answer("bazar.example", status, media_type, body.encode(), **given)  # type: ignore[arg-type]
    judgement = judge_answer(answer)
    return judgement.outcome, judgement.reason


@pytest.mark.parametrize("status", [200, 203, 401, 403, 404, 406, 429, 451, 500, 503])
def test_a_challenge_page_is_one_whatever_its_status(status: int) -> None:
    assert judge(status, CHALLENGE)[0] == "challenged"


@pytest.mark.parametrize(
    ("status", "phrase", "outcome"),
    [
        (403, "403 Forbidden", "refused"),
        (404, "404 Not Found", "gone"),
        (410, "Page introuvable", "gone"),
        (502, "502 Bad Gateway", "server_error"),
        (503, "503 Service Temporarily Unavailable", "server_error"),
        (200, "404 Not Found", "unexpected_answer"),
        (200, "Page introuvable", "unexpected_answer"),
        (403, "Access denied", "challenged"),
        (200, "Accès refusé", "challenged"),
    ],
)
def test_words_that_only_repeat_a_status_make_no_challenge(status: int, phrase: str, outcome: str) -> None:
    assert judge(status, f"<html><body><h1>{phrase}</h1><hr>nginx</body></html>")[0] == outcome


def test_a_policy_that_speaks_of_challenges_is_a_policy() -> None:
    assert judge(200, POLICY + "<p>Are you a robot? Access denied.</p>")[0] == "fetched"


def test_what_browsers_do_not_show_is_not_read() -> None:
    hidden = "<script>'verify you are human'</script><style>/* access denied */</style>"
    assert judge(200, f"<html><head>{hidden}</head><body><p>Frais : 15 %.</p></body></html>")[0] == "fetched"


def test_the_title_counts() -> None:
    titled = "<html><head><title>Access Denied</title></head><body></body></html>"
    assert judge(403, titled)[0] == "challenged"


def test_the_hint_for_browsers_without_javascript_counts_only_where_there_is_nothing_else() -> None:
    assert judge(200, SHELL)[0] == "script_required"
    assert (
        judge(200, SHELL.replace("<div id='app'>", "<div>" + "Le vendeur paie 15 %. " * 20))[0] == "fetched"
    )


def test_an_application_that_answers_404_with_its_shell_is_gone() -> None:
    assert judge(404, SHELL)[0] == "gone"


def test_a_document_that_is_no_text_is_not_searched() -> None:
    assert judge(200, "%PDF-1.7 access denied", "application/pdf")[0] == "fetched"


def test_not_modified_is_an_outcome_only_where_it_was_asked_for() -> None:
    assert judge(304, "", asked_if_changed=True)[0] == "not_modified"
    assert judge(304, "") == (
        "unexpected_answer",
        "bazar.example answered 304 Not Modified, which is no answer to a request for a page",
    )


def test_a_body_of_white_space_is_none() -> None:
    assert judge(200, " \n\t ") == ("unexpected_answer", "bazar.example answered 200 OK without a body")


def test_damage_counts_only_where_the_body_was_wanted() -> None:
    damage = UndecodableBody("its body is not gzip as its header says: bad header")
    assert judge(200, "", damage=damage) == (
        "unexpected_answer",
        "bazar.example answered 200 OK, but its body is not gzip as its header says: bad header",
    )
    assert judge(200, "", damage=BodyTooLarge("its body has 12 bytes, more than 10"))[0] == "too_large"
    assert judge(404, "", damage=damage)[0] == "gone"


@pytest.mark.parametrize(
    ("status", "outcome"), [(299, "fetched"), (599, "server_error"), (999, "unexpected_answer")]
)
def test_a_status_without_a_name_is_told_by_its_number(status: int, outcome: str) -> None:
    found, reason = judge(status)
    assert found == outcome
    assert f"bazar.example answered {status}" in reason
