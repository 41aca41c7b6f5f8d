"""The form of `release_quarantine`, in a real Airflow over a real quarantine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.watch_round import watch_round
from tests.dags.finished_run import run_to_the_end
from tests.pipeline.invented_platforms import BAZAR, HALLE
from tests.pipeline.replay_site import Answer, ReplaySite
from warehouse.publish import publish
from warehouse.query_published import query_published

pytestmark = pytest.mark.slow
SHORT = "<html><body><main><p>Bientôt de retour.</p></main></body></html>"


@pytest.fixture
def waiting(home: Settings, site: ReplaySite) -> list[str]:
    """Ids of two texts in quarantine, as the view lists them."""
    site.pages = {BAZAR: Answer(SHORT), HALLE: Answer(SHORT.replace("retour", "vuelta"))}
    watch_round(home, "first")
    publish(home.location)
    return list_waiting(home)


def list_waiting(home: Settings) -> list[str]:
    rows = query_published(home.location, "SELECT quarantine_id FROM quarantine_open ORDER BY service").rows
    return [str(quarantine_id) for (quarantine_id,) in rows]


def test_rows_given_one_a_line_are_decided_together_and_the_reason_is_kept(
    home: Settings, waiting: list[str], tmp_path: Path
) -> None:
    form = {
        "quarantine_ids": [*waiting, ""],
        "decision": "accept",
        "reason": "The shops are closed: this is their text",
        "decided_by": "Ada",
    }
    done = run_to_the_end("release_quarantine", tmp_path, form)
    assert done.state == "success"
    assert (done.told["decided"], done.told["restored"]) == (2, 2)
    assert list_waiting(home) == []
    kept = query_published(
        home.location, "SELECT DISTINCT decision, decided_by, decided_reason FROM quarantine"
    )
    assert kept.rows == (("accepted", "Ada", "The shops are closed: this is their text"),)


def test_where_one_row_cannot_be_decided_none_is(home: Settings, waiting: list[str], tmp_path: Path) -> None:
    form = {"quarantine_ids": [waiting[0], "12"], "decision": "reject", "reason": "Not a text of the shop"}
    done = run_to_the_end("release_quarantine", tmp_path, form)
    assert (done.state, done.tasks) == ("failed", {"decide": ["failed"], "publish": ["upstream_failed"]})
    publish(home.location)
    assert list_waiting(home) == waiting


@pytest.mark.parametrize(
    "wrong", [{"reason": "no"}, {"decision": "keep"}, {"quarantine_ids": []}, {"quarantine_ids": ["all"]}]
)
def test_a_form_that_is_not_filled_in_starts_nothing(
    airflow_home: Path, wrong: dict[str, object], tmp_path: Path
) -> None:
    form = {"quarantine_ids": ["12"], "decision": "reject", "reason": "Not a text of the shop", **wrong}
    with pytest.raises(ValueError, match=next(iter(wrong))):
        run_to_the_end("release_quarantine", tmp_path, form)
