"""A file of many rows read, matched, checked and written, and judged again: each in a process of its own.

Beside it the reading library alone, in the same run: the least that opening such a file can cost.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click
from xlsxwriter import Workbook

from registry.config import ROOT
from registry.demo import people, work
from registry.demo.stock import Weighted
from registry.people.document_numbers import SHORT
from registry.people.facts import shown
from tests.bench.memory import peak

ROWS = 100_000
HEADINGS = [
    "序号",
    "会员号",
    "姓名",
    "性别",
    "出生年月",
    "民族",
    "政治面貌",
    "学历",
    "学位",
    "工作单位",
    "职务",
    "职称",
    "地区",
    "国籍",
    "证件类型",
    "证件号码",
    "电话",
    "邮箱",
    "入会日期",
]
_FACTS = [
    "name",
    "sex",
    "birth",
    "ethnic",
    "political",
    "education",
    "degree",
    "employer",
    "position",
    "title",
    "region",
    "nationality",
]
_LIMITS = {"imported": (20, 300), "judged again": (10, 300)}
"""Seconds and megabytes."""


def measure(rows: int = ROWS) -> bool:
    """Print a table; True where a limit was passed."""
    with TemporaryDirectory() as place:
        path, database = Path(place) / "roster.xlsx", Path(place) / "x.db"
        _write(path, rows)
        told = {deed: _asked(deed, path, database) for deed in ("calamine alone", "imported", "judged again")}
    floor = told["calamine alone"]["seconds"]
    click.echo(f"\n### {rows:,} rows of {len(HEADINGS)} columns, .xlsx, sqlite\n")
    click.echo("| what | seconds | of the processor | peak, MB | of the reader, MB | ratio to calamine |")
    click.echo("|---|--:|--:|--:|--:|--:|")
    for deed, each in told.items():
        figures = f"{each['seconds']:.1f} | {each['work']:.1f} | {each['peak']:.0f} | {each['reader']:.0f}"
        click.echo(f"| {deed} | {figures} | {each['seconds'] / floor:.1f} |")
    return any([_exceeded(deed, told[deed]) for deed in _LIMITS])  # noqa: C419 - every one is to be told


def _exceeded(deed: str, each: dict[str, float]) -> bool:
    seconds, peak = _LIMITS[deed]
    if each["seconds"] <= seconds and each["peak"] <= peak:
        return False
    click.echo(f"SLOW: {deed} took {each['seconds']:.1f} s and {each['peak']:.0f} MB", err=True)
    return True


def _write(path: Path, rows: int) -> None:
    """Invented people, one in a thousand with a date that cannot be."""
    rng = Random("importing")
    trade = work.trade(rng, "computing", 400)
    regions: Weighted[str] = Weighted({"CN": 960, "HK": 12, "MO": 4, "TW": 12, "XX": 12})
    with Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("会员")
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, rows + 1):
            sheet.write_row(number, 0, _row(rng, trade, regions, number))


def _row(rng: Random, trade: work.Trade, regions: Weighted[str], number: int) -> Sequence[str]:
    who = people.invent(rng, trade, regions.draw(rng))
    paper = who.papers[0] if who.papers else None
    document = (SHORT[paper.kind], paper.number) if paper else ("", "")
    began = "去年" if number % 1000 == 0 else f"{2008 + number % 18}-{1 + number % 12:02}"
    told = (shown(key, who.facts[key]) for key in _FACTS)
    return [str(number), f"Z{number:06}", *told, *document, who.facts["phone"], who.facts["email"], began]


def _asked(deed: str, path: Path, database: Path) -> dict[str, float]:
    """What a process says of itself and of the processes that it started."""
    command = [sys.executable, "-m", "tests.bench.importing", deed, str(path), str(database)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise RuntimeError(answer.stderr[-2000:])
    told: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return told


def _tell(seconds: float) -> None:
    """The process that parses has its own memory, and gives it back before the rows are judged."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    work_done = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    peaks = {"peak": peak(), "reader": children.ru_maxrss / 1024}
    click.echo(json.dumps({"seconds": seconds, "work": work_done, **peaks}))


def _alone(path: Path) -> None:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - alone means without the registry's imports

    began = perf_counter()
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    _tell(perf_counter() - began)


def _imported(path: Path, database: Path, *, again: bool) -> None:
    """Into a society without members, or judged against itself."""
    from tests.bench import society  # noqa: PLC0415

    app = society.opened(database, fresh=not again)
    began = perf_counter()
    society.take(app, path, dry_run=again)
    _tell(perf_counter() - began)


def main(deed: str, path: str, database: str, *_: Any) -> None:
    """One deed, timed without the start of the process."""
    if deed == "calamine alone":
        _alone(Path(path))
    else:
        _imported(Path(path), Path(database), again=deed == "judged again")


if __name__ == "__main__":
    main(*sys.argv[1:])
