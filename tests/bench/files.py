"""Files out of a register of 100,000 members, each by a process of its own, beside the library alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import click
from sqlalchemy import true
from xlsxwriter import Workbook

from registry.config import ROOT
from registry.demo.stock import DAY
from registry.exports.lists import roster
from registry.exports.tables import Table
from registry.exports.writing import write_table
from registry.roster.columns import USUAL
from registry.roster.queries import RosterFilter, every
from registry.societies.queries import by_slug
from registry.web import database
from tests.bench.memory import peak
from tests.bench.registers import SLUG, register

MEMBERS = 100_000
SECONDS, MEGABYTES = 10, 100
"""What a workbook may take of work, for others may be busy too, and add to the idle application."""
USUALLY = tuple(column.key for column in USUAL)


def main() -> bool:
    """Print a table; True where a workbook takes more than it may."""
    with register(MEMBERS, postgres=False, kept=False):
        pass
    click.echo(f"\n### {MEMBERS:,} rows written\n")
    click.echo("| what | s | work, s | MB added | MB at peak | MB of file |\n|---|--:|--:|--:|--:|--:|")
    found = [Cost(name, **json.loads(_run(name))) for name in CASES]
    for cost in found:
        click.echo(str(cost))
    heavy = [cost for cost in found if cost.name == BOUND and cost.heavy]
    for cost in heavy:
        click.echo(f"HEAVY: {cost.name}: {cost.work:.1f} s, {cost.added:.0f} MB", err=True)
    return bool(heavy)


@dataclass(frozen=True)
class Cost:
    """Of one file: seconds by the clock and of work, megabytes."""

    name: str
    seconds: float
    work: float
    added: float
    peak: float
    weight: float

    @property
    def heavy(self) -> bool:
        """More than is promised."""
        return self.work > SECONDS or self.added > MEGABYTES

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.seconds:.1f} | {self.work:.1f} | {self.added:.0f} | {self.peak:.0f}"
            f" | {self.weight:.1f} |"
        )


def _run(name: str) -> str:
    asked = [sys.executable, "-m", "tests.bench.files", name]
    return subprocess.run(asked, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def _measured(name: str) -> None:
    """Write one file, and print what it took as JSON."""
    with (
        register(MEMBERS, postgres=False, kept=True) as app,
        app.app_context(),
        TemporaryDirectory() as folder,
    ):
        society = by_slug(database.session(), SLUG)
        path, idle = Path(folder) / "out", peak()
        began, worked = perf_counter(), process_time()
        CASES[name](society, path)
        spent = {"seconds": perf_counter() - began, "work": process_time() - worked}
        weight = path.stat().st_size / 2**20
        click.echo(json.dumps({**spent, "added": peak() - idle, "peak": peak(), "weight": weight}))


def _exported(kind: str, keys: tuple[str, ...]) -> Callable[[Any, Path], None]:
    """The registry's own way, with the keys of the rows."""

    def write(society: Any, path: Path) -> None:
        with path.open("wb") as out:
            write_table(out, _table(society, keys), kind, database.session().info["vault"])

    return write


def _table(society: Any, keys: tuple[str, ...]) -> Table:
    session, sought = database.session(), RosterFilter(DAY, state=("all",))
    rows = every(session, true(), society.id, sought, phones=True)
    return roster.table(session, society, rows, DAY, lambda _action, _row: True, "会员名册", keys)


def _bare(society: Any, path: Path) -> None:
    """The same number of rows by the library alone, from texts that are there already."""
    lines = [texts for _key, texts in islice(_table(society, USUALLY).lines, 1000)]
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, texts in enumerate(_again(lines)):
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(row, column, text)


def _again(lines: list[Any]) -> Iterator[Any]:
    for number in range(MEMBERS):
        yield lines[number % len(lines)]


BOUND = "the roster as .xlsx, with keys"
CASES: dict[str, Callable[[Any, Path], None]] = {
    "xlsxwriter alone": _bare,
    BOUND: _exported("xlsx", USUALLY),
    "every column as .xlsx, with keys": _exported("xlsx", roster.EVERY),
    "the roster as .csv, with keys": _exported("csv", USUALLY),
}


if __name__ == "__main__":
    if sys.argv[1:]:
        _measured(sys.argv[1])
    else:
        sys.exit(main())
