"""Files that mean harm are refused in words, within bounds, and nobody else waits for them."""

from __future__ import annotations

import subprocess
import sys
from threading import Thread
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.exchange.reading import files as entrance
from registry.exchange.reading.files import read_file
from registry.exchange.reading.sheets import Unreadable
from tests.exchange import making
from tests.exchange.hostile import HOSTILE, endless_cells

MOST_MEMORY, MOST_SECONDS = 1 << 30, 30
GOOD = {"xlsx": making.xlsx, "xls": making.xls, "ods": making.ods, "docx": making.docx}


MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={})
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
"""
"""Started from here a process would be charged with the memory of these tests, so a small one starts it."""


def used(content: bytes) -> tuple[float, int]:
    """Processor seconds and most bytes of the process that parses."""
    command = [sys.executable, "-c", MEASURE, *entrance._COMMAND, "file"]
    told = subprocess.run(command, input=content, capture_output=True, cwd=entrance._ROOT, check=True)
    seconds, memory = told.stdout.split()
    return float(seconds), int(memory)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_within_bounds(name):
    build, words = HOSTILE[name]
    content = build()
    with pytest.raises(Unreadable, match=words):
        read_file(content, "名册.xlsx")
    seconds, memory = used(content)
    assert seconds <= MOST_SECONDS + 1
    assert memory <= MOST_MEMORY


def test_who_takes_too_long_is_stopped_and_others_are_read_meanwhile(monkeypatch):
    monkeypatch.setattr(entrance, "PATIENCE", 3)
    said: list[str] = []

    def hostile() -> None:
        with pytest.raises(Unreadable) as refused:
            read_file(endless_cells(), "a.xlsx")
        said.append(str(refused.value))

    thread = Thread(target=hostile)
    thread.start()
    assert read_file(making.xlsx(making.PLAIN), "b.xlsx")[0].rows[0][0] == "姓名"
    assert thread.is_alive()
    thread.join()
    assert "超过了限度" in said[0]


def test_more_than_may_be_read_at_once_wait_their_turn(monkeypatch):
    monkeypatch.setattr(entrance, "PATIENCE", 0.1)
    taken = [entrance._TURNS.acquire() for _ in range(entrance.AT_ONCE)]
    started = monotonic()
    with pytest.raises(Unreadable, match="过一会儿再试"):
        read_file(b"x", "a.csv")
    for _ in taken:
        entrance._TURNS.release()
    assert monotonic() - started < MOST_SECONDS


def test_the_process_that_parses_sees_no_secret(monkeypatch):
    seen = {}
    monkeypatch.setenv("REGISTRY_SECRET", "geheim")
    run = subprocess.run
    monkeypatch.setattr(entrance.subprocess, "run", lambda *a, **told: seen.update(told) or run(*a, **told))
    read_file(b"a,b", "a.csv")
    assert seen["env"] == {}


def read_or_refused(content: bytes) -> bool:
    """Whatever else is raised is a fault."""
    try:
        return bool(read_file(content, "名册"))
    except Unreadable as error:
        return bool(str(error))


@given(st.sampled_from(sorted(GOOD)), st.floats(0, 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_damaged_file_is_read_or_refused_in_words(kind, place, damage):
    content = GOOD[kind](making.PLAIN)
    start = int(place * len(content))
    damaged = content[:start] + damage + content[start + len(damage) :]
    assert read_or_refused(damaged)


@given(st.sampled_from(sorted(GOOD)), st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_a_truncated_file_is_read_or_refused_in_words(kind, place):
    content = GOOD[kind](making.PLAIN)
    assert read_or_refused(content[: int(place * len(content))])
