"""What rights are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Subject(Protocol):
    """A row that rights are asked about; a missing branch or person is None."""

    @property
    def society_id(self) -> int: ...  # noqa: D102
    @property
    def branch_id(self) -> int | None: ...  # noqa: D102
    @property
    def person_id(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True)
class Place:
    """A subject without a row: a society, or a branch or person in it."""

    society_id: int
    branch_id: int | None = None
    person_id: int | None = None
