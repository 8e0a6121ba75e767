"""Measure the registry beside its floor and print a table in Markdown."""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any, NamedTuple

import click
from flask import Flask

from registry.figures import dashboard
from registry.roster import counts
from registry.web import database
from tests.bench import audits, files, importing, plans
from tests.bench.cases import Case, cases, numbers, staff
from tests.bench.floor import Floor
from tests.bench.registers import register

SIZES = (10_000, 1_000_000)
WARM_UP = 3
LARGE = 100_000
"""From here on a full scan is a failure."""
HEAVIEST = 30
"""KB of a page of fifty rows as it travels."""


class Spent(NamedTuple):
    """Milliseconds by the clock, and of this process's own work."""

    clock: float
    work: float


Times = dict[str, tuple[list[Spent], list[Spent]]]
"""Of each case the floor's and the registry's, turn by turn."""


def main() -> int:
    """0 unless an answer is wrong or heavy, or a large table is read whole."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--members", type=int, action="append", help="size of the register; may be repeated")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--kept", action="store_true", help="take registers made before, as they are")
    parser.add_argument("--plans", action="store_true", help="print the plans")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    options = parser.parse_args()
    failed = False
    first: dict[str, float] = {}
    for members in options.members or SIZES:
        with register(members, postgres=options.postgres, kept=options.kept) as app:
            failed |= _bench(app, members, options, first)
    if not (options.members or options.only or options.postgres):
        failed |= importing.measure()
        failed |= files.main()
        failed |= audits.main()
    return int(failed)


def _bench(app: Flask, members: int, options: Any, first: dict[str, float]) -> bool:
    with app.app_context():
        engine = database.db.engine
    floor = Floor(engine.url.render_as_string(hide_password=False))
    wanted = [case for case in cases(floor) if options.only in case.name]
    ours, bare = staff(app), floor.app.test_client()
    wrong = [case.name for case in wanted if not _same(case, ours, bare)]
    times = _measure(wanted, ours, bare, options.rounds)
    weights = {case.name: _weight(case, ours) for case in wanted}
    _print(engine.dialect.name, members, wanted, times, weights, first)
    scanned = _explain(engine, wanted, ours, told=options.plans, large=members >= LARGE)
    floor.close()
    for name in wrong:
        click.echo(f"WRONG: {name} shows other rows than the floor", err=True)
    heavy = [f"{name}: {weight:.1f} KB" for name, weight in weights.items() if weight > HEAVIEST]
    for words in heavy:
        click.echo(f"HEAVY: {words}", err=True)
    return bool(wrong or scanned or heavy)


def _weight(case: Case, ours: Any) -> float:
    """What travels, in KB, as the web server in front compresses it."""
    return len(gzip.compress(case.ask_ours(ours).data, 6)) / 1024


def _same(case: Case, ours: Any, bare: Any) -> bool:
    """Both answer, with the same members in the same order."""
    mine, theirs = case.ask_ours(ours), case.ask_floor(bare)
    if (mine.status_code, theirs.status_code) != (200, 200):
        return False
    return not case.lists or numbers(mine) == numbers(theirs) != []


def _measure(wanted: Sequence[Case], ours: Any, bare: Any, rounds: int) -> Times:
    """Milliseconds of both, in turn, so that a busy machine is busy for both; each count is a first one."""
    times: Times = {case.name: ([], []) for case in wanted}
    for turn in range(rounds + WARM_UP):
        for case in wanted:
            counts.forget()
            dashboard.forget()
            pair = _timed(case.ask_floor, bare), _timed(case.ask_ours, ours)
            if turn >= WARM_UP:
                for kept, spent in zip(times[case.name], pair, strict=True):
                    kept.append(spent)
    return times


def _timed(ask: Callable[[Any], Any], client: Any) -> Spent:
    began, worked = perf_counter(), process_time()
    answer = ask(client)
    spent = Spent((perf_counter() - began) * 1000, (process_time() - worked) * 1000)
    assert answer.status_code == 200, answer.text
    return spent


def _print(
    dialect: str,
    members: int,
    wanted: Sequence[Case],
    times: Times,
    weights: dict[str, float],
    first: dict[str, float],
) -> None:
    """A row for each case; `first` keeps the times of the smallest register, to which larger ones compare."""
    click.echo(f"\n### {members:,} members of one society, {dialect}\n")
    click.echo(
        "| what | floor, ms | registry, ms | ratio | p95, ms | work, ms | ratio of work | to first | KB |"
    )
    click.echo("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for case in wanted:
        low, mine = ([median(column) for column in zip(*spent, strict=True)] for spent in times[case.name])
        slow = quantiles((spent.clock for spent in times[case.name][1]), n=20)[-1]
        ratio, of_work = (mine[column] / low[column] for column in (0, 1))
        figures = f"{low[0]:.2f} | {mine[0]:.2f} | {ratio:.1f} | {slow:.2f} | {mine[1]:.2f} | {of_work:.1f}"
        to_first = mine[0] / first.setdefault(case.name, mine[0])
        click.echo(f"| {case.name} | {figures} | {to_first:.2f} | {weights[case.name]:.1f} |")


def _explain(engine: Any, wanted: Sequence[Case], ours: Any, *, told: bool, large: bool) -> bool:
    """True where a large register is read whole; a small one may be quicker so."""
    found = False
    for case in wanted:
        with plans.asked(engine) as statements:
            case.ask_ours(ours)
        for statement, values in statements:
            steps = plans.plan(engine, statement, values)
            if told:
                click.echo(f"\n{case.name}: {' '.join(statement.split())[:300]}\n  " + "\n  ".join(steps))
            for step in plans.scans(engine, steps) if large else ():
                found = True
                click.echo(f"FULL SCAN in {case.name}: {step}", err=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
