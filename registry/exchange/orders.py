"""What is to be written of each row, drawn up while judging and kept packed until all rows are judged."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.exchange.examining import Examination
from registry.exchange.judging.verdicts import State, Verdict
from registry.exchange.packing import Kept, kept
from registry.exchange.settling import mark_of
from registry.people.documents import Proof

_WRITTEN = frozenset({State.NEW, State.CHANGED})
_LEFT = frozenset({State.DOUBTFUL, State.REFUSED})


@dataclass
class Order:
    """What one row writes; without `person_id` somebody new. `standing` is what is known of the person."""

    person_id: int | None
    facts: dict[str, Any]
    proofs: Sequence[Proof]
    member: dict[str, Any]
    spell_id: int | None
    moves: bool
    standing: dict[str, Any] = field(default_factory=dict)
    numbers: Sequence[str] = ()
    remark: str = ""
    mark: str = ""


@dataclass
class Orders:
    """Batches of orders, and the rows that somebody still has to look after."""

    packed: list[bytes] = field(default_factory=list)
    settled: list[tuple[str, int]] = field(default_factory=list)
    left: list[Kept] = field(default_factory=list)
    new: int = 0

    def batches(self) -> Iterator[list[Order]]:
        """Each batch once, in the order of the file."""
        while self.packed:
            # Packed by this process a moment ago; nobody else can have touched it.
            yield pickle.loads(zlib.decompress(self.packed.pop(0)))  # noqa: S301


def draw_up(examination: Examination, vault: Any, tick: Any = None) -> Orders:
    """Judge every row; what it writes is kept, and the rest of it forgotten."""
    orders = Orders()
    for verdicts in examination.batches():
        batch = [_order(verdict, vault) for verdict in verdicts if verdict.state in _WRITTEN]
        orders.new += sum(order.person_id is None for order in batch)
        orders.packed.append(zlib.compress(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL), 1))
        for verdict in verdicts:
            if verdict.state in _LEFT:
                orders.left.append(kept(verdict, examination.layout.labels))
            elif verdict.decision and verdict.person_id:
                orders.settled.append((mark_of(vault, verdict.reading), verdict.person_id))
        if tick:
            tick(len(verdicts))
    return orders


def _order(verdict: Verdict, vault: Any) -> Order:
    outcome, person = verdict.difference, verdict.difference.standing
    order = Order(
        verdict.person_id, outcome.facts, outcome.proofs, outcome.member, outcome.spell_id, outcome.moves
    )
    if verdict.decision and person is None:
        order.mark = mark_of(vault, verdict.reading)
    if person is not None:
        order.standing, order.numbers = person.facts, [spell.number for spell in person.spells]
        order.remark = next((spell.remark for spell in person.spells if spell.id == outcome.spell_id), "")
    return order
