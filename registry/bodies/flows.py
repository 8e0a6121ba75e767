"""The difference of two councils as a picture: two columns of people, and bands from one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry.bodies.difference import Difference

WIDTH, HEIGHT = 560, 300
_COLUMN, _GAP, _TOP = 14, 10, 8
_LEFT, _RIGHT = 120, 440


@dataclass(frozen=True)
class Block:
    """A part of a column: how many, what became of them or whence they came, and where it stands."""

    kind: str
    count: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Band:
    """The way of those who are in both columns."""

    kind: str
    path: str


@dataclass(frozen=True)
class Flow:
    """Both columns and the bands between them."""

    before: Sequence[Block]
    after: Sequence[Block]
    bands: Sequence[Band]


def flow(found: Difference) -> Flow:
    """Heights are in people; the longer column fills the picture."""
    kept = {"promoted": len(found.promoted), "stayed": len(found.stayed), "demoted": len(found.demoted)}
    most = max(len(found.before), len(found.after), 1)
    scale = (HEIGHT - 2 * _TOP - 3 * _GAP) / most
    before = _column(_LEFT, {**kept, "left": len(found.left)}, scale)
    after = _column(_RIGHT, {**kept, "came": len(found.came)}, scale)
    ends = {block.kind: block for block in after}
    return Flow(before, after, [_band(block, ends[block.kind]) for block in before if block.kind in ends])


def _column(x: float, counts: dict[str, int], scale: float) -> list[Block]:
    blocks, y = list[Block](), float(_TOP)
    for kind, count in counts.items():
        if count:
            blocks.append(Block(kind, count, x, round(y, 1), round(max(count * scale, 1.5), 1)))
            y += blocks[-1].height + _GAP
    return blocks


def _band(one: Block, other: Block) -> Band:
    first, last = one.x + _COLUMN, other.x
    middle = (first + last) / 2
    return Band(
        one.kind,
        f"M{first} {one.y} C{middle} {one.y} {middle} {other.y} {last} {other.y}"
        f" V{other.y + other.height:.1f} C{middle} {other.y + other.height:.1f}"
        f" {middle} {one.y + one.height:.1f} {first} {one.y + one.height:.1f} Z",
    )
