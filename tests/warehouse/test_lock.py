"""One writer at a time, with a name, whatever becomes of it."""

from __future__ import annotations

import json
import os
import threading

import pytest

from tests.warehouse.other_process import kill, other_process
from warehouse.connect import open_build
from warehouse.errors import WarehouseBusy
from warehouse.location import Location
from warehouse.lock import describe_holder, warehouse_lock


def test_a_second_process_is_told_who_holds_the_warehouse(file_location: Location) -> None:
    with other_process("hold_build", file_location) as holder:
        expected = rf"held by process {holder.pid} on .* for 'count the ships' since \d{{4}}-"
        with pytest.raises(WarehouseBusy, match=expected), open_build(file_location, "test", timeout=0.5):
            pytest.fail("two writers at once")


def test_a_killed_holder_lets_the_next_one_in_and_leaves_nothing_half_done(file_location: Location) -> None:
    with other_process("hold_build", file_location) as holder:
        kill(holder)
        with open_build(file_location, "test", timeout=1) as con:
            assert con.execute("SELECT count(*) FROM platform").fetchall() == [(0,)]


def test_a_reader_without_our_lock_is_waited_for_and_named(file_location: Location) -> None:
    with open_build(file_location, "test"):
        pass
    with other_process("hold_file", file_location) as holder:
        expected = rf"open without our lock.*PID {holder.pid}"
        with pytest.raises(WarehouseBusy, match=expected), open_build(file_location, "test", timeout=0.5):
            pytest.fail("opened under another process's eyes")
        threading.Timer(0.5, kill, [holder]).start()
        with open_build(file_location, "test", timeout=30) as con:
            assert con.execute("SELECT count(*) FROM platform").fetchall() == [(0,)]


def test_the_lock_is_reentrant_within_a_thread(file_location: Location) -> None:
    with warehouse_lock(file_location, "outer", timeout=1):
        with warehouse_lock(file_location, "inner", timeout=1):
            pass
        holder = json.loads(file_location.holder_path.read_text(encoding="utf-8"))
        assert (holder["purpose"], holder["pid"]) == ("outer", os.getpid())
    assert not file_location.holder_path.exists()


def test_two_threads_of_one_process_take_turns(file_location: Location) -> None:
    refused: list[BaseException] = []

    def intrude() -> None:
        try:
            with warehouse_lock(file_location, "intruder", timeout=0.2):
                pass
        except WarehouseBusy as error:
            refused.append(error)

    with warehouse_lock(file_location, "first come", timeout=1):
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()
    assert len(refused) == 1
    assert "first come" in str(refused[0])


def test_an_exception_inside_frees_the_lock(file_location: Location) -> None:
    with pytest.raises(ZeroDivisionError), warehouse_lock(file_location, "fail", timeout=1):
        raise ZeroDivisionError
    with warehouse_lock(file_location, "next", timeout=0.2):
        assert "'next'" in describe_holder(file_location)


@pytest.mark.parametrize("content", [None, "", "{}", "[]", "not JSON"])
def test_a_missing_or_damaged_description_of_the_holder_is_survived(
    content: str | None, file_location: Location
) -> None:
    file_location.lock_path.parent.mkdir(parents=True, exist_ok=True)
    if content is not None:
        file_location.holder_path.write_text(content, encoding="utf-8")
    assert "left no description" in describe_holder(file_location)


def test_writers_of_a_ducklake_do_not_exclude_each_other(ducklake_location: Location) -> None:
    with (
        open_build(ducklake_location, "one", timeout=5) as one,
        open_build(ducklake_location, "other", timeout=5) as other,
    ):
        one.execute("INSERT INTO platform (platform_id) VALUES ('one')")
        other.execute("INSERT INTO platform (platform_id) VALUES ('other')")
        found = one.execute("SELECT platform_id FROM platform ORDER BY ALL").fetchall()
        assert found == [("one",), ("other",)]
