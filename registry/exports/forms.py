"""What may be asked of an export: which list, as which kind of file, with what in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from registry.exports.lists.roster import EVERY
from registry.exports.services import TITLES
from registry.roster.columns import KNOWN, in_order


@dataclass(frozen=True)
class Asked:
    """An export as the address asks for it; no columns stands for those of the screen.

    `past`: with what is over by the day; `keyed`: so that the file can be imported again; `directory`: for
    members, with the contact of those alone who agreed to that.
    """

    what: str
    kind: str
    columns: tuple[str, ...] = ()
    past: bool = False
    keyed: bool = True
    directory: bool = False

    @property
    def title(self) -> str:
        """Of the sheet and the file."""
        return str(_(TITLES[self.what]))


def read_asked(what: str, kind: str, typed: Any) -> Asked:
    """The address, read; what it does not understand is as if it were not said."""
    keyed = ["yes" if kind == "xlsx" else "no", *typed.getlist("keyed")][-1] == "yes"
    columns = {"all": EVERY, "screen": ()}.get(
        typed.get("set", "own"), read_columns(typed.getlist("columns"))
    )
    return Asked(what, kind, columns, bool(typed.get("past")), keyed, bool(typed.get("directory")))


def read_columns(typed: Sequence[str]) -> tuple[str, ...]:
    """Keys of the roster's columns in their order; `all` for every one."""
    if "all" in typed:
        return EVERY
    named = [key for key in typed if key in KNOWN]
    return in_order(named) if named else ()
