"""Writing the orders: many people in few statements, every one of them journalled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.core.batches import enter, table
from registry.core.sweeping import sweep_new
from registry.exchange.orders import Order, Orders
from registry.exchange.settling import settle
from registry.memberships import queries as memberships
from registry.memberships.batches import change_all
from registry.memberships.many import begin_all, remark_all, unindexed
from registry.memberships.services import Change
from registry.merging import marking
from registry.merging.models import TwinMark
from registry.people.entering import Edited, Newcomer, edit_all, enter_all, prove_all, searched_later
from registry.societies.models import Society

Tick = Callable[[int], None]
_MARKS = table(TwinMark)


@dataclass(frozen=True)
class Desk:
    """Where the orders are written: the society, the day, and the numbers still to be given."""

    session: Session
    society: Society
    today: date
    numbers: Iterator[str]


def write(
    session: Session, society: Society, orders: Orders, taken: set[str], today: date, tick: Tick
) -> None:
    """New and changed rows in the transaction under way; `taken` are the numbers that the file gives."""
    desk = Desk(session, society, today, fresh_numbers(memberships.next_number(session, society), taken))
    settled = list(orders.settled)
    with unindexed(session, orders.new), searched_later(session, orders.new):
        for batch in orders.batches():
            new = [order for order in batch if order.person_id is None]
            settled += _enter(desk, new)
            _edit(desk, [order for order in batch if order.person_id is not None])
            tick(len(batch))
            sweep_new()
    settle(session, society.id, settled)


def fresh_numbers(first: str, taken: set[str]) -> Iterator[str]:
    """Membership numbers from the first free one on, but those that the file itself gives."""
    match = re.fullmatch(r"(.*?)([0-9]+)", first)
    prefix, digits = (match[1], match[2]) if match else (first, "1")
    value = int(digits)
    while True:
        number = f"{prefix}{value:0{len(digits)}d}"
        if number not in taken:
            yield number
        value += 1


def _enter(desk: Desk, new: Sequence[Order]) -> list[tuple[str, int]]:
    """Persons first, then what hangs on their keys; returns whom a clerk had called somebody else."""
    if not new:
        return []
    for order in new:
        order.member["number"] = order.member["number"] or next(desk.numbers)
    newcomers = [Newcomer(order.facts, [order.member["number"]]) for order in new]
    people = enter_all(desk.session, desk.society.id, newcomers)
    both = list(zip(people, new, strict=True))
    prove_all(
        desk.session, desk.society.id, [(row["id"], proof) for row, order in both for proof in order.proofs]
    )
    begin_all(desk.session, desk.society.id, [(row, order.member) for row, order in both])
    _mark(desk, {row["id"]: row for row in people})
    return [(order.mark, row["id"]) for row, order in both if order.mark]


def _edit(desk: Desk, changed: Sequence[Order]) -> None:
    session, society_id = desk.session, desk.society.id
    if not changed:
        return
    returning = [order for order in changed if order.spell_id is None and order.member]
    for order in returning:
        order.member["number"] = order.member["number"] or next(desk.numbers)
        order.numbers = [*order.numbers, order.member["number"]]
    edits = [
        Edited(order.person_id or 0, order.facts, order.standing, order.numbers)
        for order in changed
        if order.facts
    ]
    edit_all(session, society_id, edits)
    prove_all(
        session, society_id, [(order.person_id or 0, proof) for order in changed for proof in order.proofs]
    )
    touched = {edit.person_id: edit.after for edit in edits if marking.MADE_OF & edit.facts.keys()}
    _unmark(desk, list(touched))
    _mark(desk, touched)
    _begin(desk, returning)
    _move(desk, [order for order in changed if order.spell_id is not None])


def _begin(desk: Desk, returning: Sequence[Order]) -> None:
    """Spells of people who are on the register without one."""
    if returning:
        begin_all(desk.session, desk.society.id, [(_row(desk, order), order.member) for order in returning])


def _row(desk: Desk, order: Order) -> dict[str, Any]:
    """The person as a row of the table, as far as a spell mirrors it."""
    return {"id": order.person_id, "society_id": desk.society.id, **order.standing, **order.facts}


def _move(desk: Desk, orders: Sequence[Order]) -> None:
    """Another category or branch from the import day on; a remark is set on the spell that stands."""
    session, society_id = desk.session, desk.society.id
    remarks = [
        (order.spell_id or 0, order.person_id or 0, order.remark, order.member["remark"])
        for order in orders
        if "remark" in order.member
    ]
    remark_all(session, society_id, remarks)
    moves = [
        (order.spell_id or 0, Change(desk.today, order.member["category_id"], order.member["branch_id"]))
        for order in orders
        if order.moves
    ]
    if moves:
        change_all(session, society_id, moves)


def _mark(desk: Desk, people: Mapping[int, Mapping[str, Any]]) -> None:
    """The marks by which likely twins are found."""
    rows = [row for key, facts in people.items() for row in marking.rows(desk.society.id, key, facts)]
    enter(desk.session.connection(), TwinMark, rows)


def _unmark(desk: Desk, ids: Sequence[int]) -> None:
    if ids:
        mine = (_MARKS.c.society_id == desk.society.id, _MARKS.c.person_id.in_(ids))
        desk.session.connection().execute(delete(_MARKS).where(*mine))
