"""An import or a detection that is killed anywhere, then run again, leaves the warehouse of one never killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.conftest import TERMS, write_dataset
from tests.pipeline.killed_command import Content, content, copy_home, finish, kill_when

pytestmark = pytest.mark.slow
VERSIONS = 520


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Enough versions for two batches; texts change and some are not UTF-8."""
    folder = tmp_path_factory.mktemp("kill") / "kill-history"
    texts: list[str | bytes] = []
    for number in range(VERSIONS // 2):
        text = TERMS.replace("12 %", f"{12 + number // 60} %")
        texts.append(text.encode("latin-1") if number % 100 == 7 else text)
    return str(write_dataset(folder, {"Bazar d'Essai": texts, "Halle Inventée": texts}))


@pytest.fixture(scope="module")
def imported(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose import was never killed; a copy of the folder goes on as it would have."""
    home = tmp_path_factory.mktemp("imported")
    finish(home, "import", source)
    return home


@pytest.fixture(scope="module")
def whole(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Content of a warehouse whose processes were never killed."""
    home = copy_home(imported, tmp_path_factory.mktemp("whole"))
    finish(home, "detect")
    return content(home)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("data/staging/*/00000", ("import",)),
        ("data/staging/*/00001/failures.json", ("import",)),
        ("warehouse.duckdb.wal", ("import",)),
        ("*.published.duckdb*", ("import",)),
        ("data/staging/detect*/00000", ("detect",)),
        ("data/staging/detect*/00001", ("detect",)),
    ],
    ids=["staging", "validation", "promotion", "publication", "fold", "promotion of the fold"],
)
def test_killed_and_run_again_gives_the_same_content(
    pattern: str, words: tuple[str, ...], source: str, imported: Path, whole: Content, tmp_path: Path
) -> None:
    if words[0] == "detect":
        copy_home(imported, tmp_path)
    killed = kill_when(tmp_path, pattern, *words, *([source] if words[0] == "import" else []))
    assert killed, f"the command ended before {pattern} was seen"
    if words[0] == "import":
        finish(tmp_path, "import", source)
    finish(tmp_path, "detect")
    assert content(tmp_path) == whole
    assert len(whole["observation"]) == VERSIONS
