"""The verdicts on a file, in sealed pages of some hundreds of rows, so that one is shown without the rest."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry.core.vault import Vault
from registry.exchange.examining import Examination
from registry.exchange.models import Upload, VerdictPage
from registry.exchange.packing import Kept, as_json, from_json, kept, sort_of
from registry.exchange.reading.texts import text_of

MOST_KINDS, MOST_REPEATS, FEWEST = 40, 20, 2
_KEPT_LEFT_OUT = 200
_FIRST = "@"
"""Under this key the tally of a page tells its first row."""
_TELL_APART = frozenset({"name", "number", "document_number", "phone", "email"})
"""Columns in which equal texts are no mere habit of writing."""


@dataclass
class Common:
    """What all pages of a file have in common; `columns` are the imported ones: index, heading, target.

    `emptied`: a column, how many of its cells were emptied, and the clerk's word on all of them.
    """

    digest: str = ""
    columns: Sequence[tuple[int, str, str]] = ()
    labels: Sequence[str] = ()
    targets: Sequence[str] = ()
    not_taken: Sequence[str] = ()
    left_out: Sequence[tuple[int, str, str]] = ()
    left_out_count: int = 0
    kinds: Sequence[tuple[str, str, int]] = ()
    repeats: Sequence[tuple[int, str, str, int]] = ()
    above: Sequence[Sequence[Any]] = ()
    emptied: Sequence[tuple[int, int, str]] = ()


@dataclass
class Found:
    """While the rows are judged: each kind of problem with its words, and texts that fail again and again."""

    kinds: Counter[str] = field(default_factory=Counter)
    words: dict[str, str] = field(default_factory=dict)
    repeats: Counter[tuple[int, str]] = field(default_factory=Counter)
    reasons: dict[tuple[int, str], str] = field(default_factory=dict)
    emptied: Counter[int] = field(default_factory=Counter)

    def see(self, row: Kept, labels: Sequence[str], targets: Sequence[str]) -> None:
        """Count the problems of one row, and the cells that were emptied."""
        changes = (*row.changes, *row.declined)
        self.emptied.update(column for column, _name, _old, new in changes if not new and column is not None)
        self.kinds.update(row.kinds)
        for column, reason, kind in row.problems:
            heading = "" if column is None else f"{labels[column]}："
            self.words.setdefault(kind, f"{heading}{sort_of(reason)}")
            if column is not None and targets[column] not in _TELL_APART:
                at = (column, text_of(row.cells[column]))
                self.repeats[at] += 1
                self.reasons.setdefault(at, reason)

    def common(self, examination: Examination) -> Common:
        """What the pages have in common, after the last row."""
        layout = examination.layout
        columns = zip(range(len(layout.labels)), layout.labels, layout.targets, strict=True)
        often = self.repeats.most_common(MOST_REPEATS)
        return Common(
            examination.digest,
            [column for column in columns if column[2]],
            layout.labels,
            layout.targets,
            examination.not_taken,
            [(row.number, row.text, row.why) for row in examination.left_out[:_KEPT_LEFT_OUT]],
            len(examination.left_out),
            [(kind, self.words[kind], many) for kind, many in self.kinds.most_common(MOST_KINDS)],
            [(*at, self.reasons[at], many) for at, many in often if many >= FEWEST and at[1]],
            [[text_of(cell) for cell in row] for row in examination.above],
            [
                (column, many, examination.asked.answers.emptied.get(str(column), ""))
                for column, many in sorted(self.emptied.items())
            ],
        )


def judge_into(session: Session, upload: Upload, examination: Examination) -> None:
    """Judge every row and keep the verdicts in the place of earlier ones."""
    forget(session, upload)
    found, layout = Found(), examination.layout
    for number, verdicts in enumerate(examination.batches()):
        rows = [kept(verdict, layout.labels) for verdict in verdicts]
        for row in rows:
            if row.problems or row.changes or row.declined:
                found.see(row, layout.labels, layout.targets)
        put(session, upload, number, rows)
    seal(session, upload, found.common(examination))


def put(session: Session, upload: Upload, number: int, rows: Sequence[Kept]) -> None:
    """Keep one page."""
    tally = Counter(row.state for row in rows) + Counter(kind for row in rows for kind in row.kinds)
    tally[_FIRST] = rows[0].row if rows else 0
    content = json.dumps([as_json(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    sealed = _vault(session).seal_bytes(zlib.compress(content.encode(), 1))
    keys = {"society_id": upload.society_id, "upload_id": upload.id, "number": number}
    session.execute(insert(VerdictPage).values(**keys, tally=dict(tally), sealed=sealed))


def seal(session: Session, upload: Upload, common: Common) -> None:
    """Keep what the pages have in common."""
    content = json.dumps(asdict(common), ensure_ascii=False).encode()
    upload.judged = _vault(session).seal_bytes(zlib.compress(content, 1))


def forget(session: Session, upload: Upload) -> None:
    """Every page, and what they have in common."""
    session.execute(delete(VerdictPage).where(*_of(upload)))
    upload.judged = None


def common_of(session: Session, upload: Upload) -> Common | None:
    """What the pages have in common; None where nothing was judged."""
    if upload.judged is None:
        return None
    return Common(**json.loads(zlib.decompress(_vault(session).open_bytes(upload.judged))))


def count(session: Session, upload: Upload, key: str) -> int:
    """How many rows there are of a state or a kind of problem; of all where the key is empty."""
    return sum(_counted(tally, key) for _number, tally in _tallies(session, upload))


def rows(
    session: Session, upload: Upload, key: str = "", start: int = 0, many: int | None = None
) -> list[Kept]:
    """So many rows of a state or a kind of problem, after the first `start`; only their pages are opened."""
    end = None if many is None else start + many
    return list(islice(_following(session, upload, key, start), end and end - start))


def row_of(session: Session, upload: Upload, number: int) -> Kept | None:
    """The row with that number in the file."""
    begun = [page for page, tally in _tallies(session, upload) if tally[_FIRST] <= number]
    held = _opened(session, upload, begun[-1]) if begun else []
    return next((row for row in held if row.row == number), None)


def next_open(session: Session, upload: Upload, after: int) -> int | None:
    """The first doubtful row after this one that awaits a decision, or the first of all."""
    waiting = [row.row for row in rows(session, upload, "doubtful") if row.choices and not row.decision]
    return next((number for number in waiting if number > after), waiting[0] if waiting else None)


def _following(session: Session, upload: Upload, key: str, start: int) -> Iterator[Kept]:
    for number, tally in _tallies(session, upload):
        held = _counted(tally, key)
        if start >= held:
            start -= held
            continue
        yield from _wanted(_opened(session, upload, number), key)[start:]
        start = 0


def _wanted(every: Iterable[Kept], key: str) -> list[Kept]:
    return [row for row in every if not key or row.state == key or key in row.kinds]


def _counted(tally: dict[str, int], key: str) -> int:
    if key:
        return tally.get(key, 0)
    return sum(tally.get(state, 0) for state in ("new", "changed", "unchanged", "doubtful", "refused"))


def _tallies(session: Session, upload: Upload) -> list[tuple[int, dict[str, int]]]:
    query = select(VerdictPage.number, VerdictPage.tally).where(*_of(upload))
    return [(row.number, row.tally) for row in session.execute(query.order_by(VerdictPage.number))]


def _opened(session: Session, upload: Upload, number: int) -> list[Kept]:
    query = select(VerdictPage.sealed).where(*_of(upload), VerdictPage.number == number)
    content = zlib.decompress(_vault(session).open_bytes(session.execute(query).scalar_one()))
    return [from_json(row) for row in json.loads(content)]


def _of(upload: Upload) -> tuple[Any, ...]:
    return VerdictPage.society_id == upload.society_id, VerdictPage.upload_id == upload.id


def _vault(session: Session) -> Vault:
    vault: Vault = session.info["vault"]
    return vault
