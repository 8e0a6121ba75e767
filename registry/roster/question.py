"""What is asked of the roster, and how: few people are named by an index, many are met on a walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select, true, union, union_all
from sqlalchemy.orm import Session

from registry.core.policy import Action
from registry.memberships.mirrored import SORTED
from registry.memberships.models import Membership
from registry.people.search import COUNTED, size
from registry.roster.clauses import Clause, Scene, either, in_state
from registry.roster.criteria import CRITERION, Chosen
from registry.roster.search import Found, matching

FEW = 1_500
"""So many found are sorted; of more the roster is walked in its order until a page is full."""

PAGE = 50
DOZEN = 12

SORTS = {order: getattr(Membership, column) for order, column in SORTED.items()}
SCATTERED = {"number", "joined"}
"""Orders in which people of one name do not stand together, so that a walk soon meets them."""


class Counted(NamedTuple):
    """So many were counted; `more`: there may be more, for then counting stopped."""

    many: int
    more: bool


Seen = Callable[[Action], ColumnElement[bool]]
"""The rows of which the reader may see what the action shows."""


@dataclass(frozen=True)
class RosterFilter:
    """What the roster is narrowed to and sorted by; nothing chosen = everything.

    `state`: active, future, all, or reasons of `EndReason`; `known`: ids of the categories and branches
    chosen; `any_of`: one of the criteria is enough; `sort`: a key of `SORTS`, with - descending.
    """

    day: date
    q: str = ""
    state: tuple[str, ...] = ("active",)
    chosen: tuple[Chosen, ...] = ()
    any_of: bool = False
    sort: str = "number"
    known: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def question(self) -> tuple[Any, ...]:
        """What is asked, in whatever order it is shown; between two acts a code has one meaning."""
        return self.day, self.q, self.state, self.chosen, self.any_of

    @property
    def region(self) -> str:
        """The one region that it is narrowed to, if any."""
        return self._only("region")

    @property
    def category_id(self) -> int | None:
        """The one category."""
        return self.known.get("category", {}).get(self._only("category"))

    @property
    def branch_id(self) -> int | None:
        """The one branch."""
        return self.known.get("branch", {}).get(self._only("branch"))

    def of(self, key: str) -> Chosen | None:
        """What was chosen of one criterion."""
        return next((one for one in self.chosen if one.key == key), None)

    def _only(self, key: str) -> str:
        of_key = [] if self.any_of else [one.values for one in self.chosen if one.key == key]
        return of_key[0][0] if of_key and len(of_key[0]) == 1 else ""

    @property
    def by(self) -> str:
        """The order without its direction."""
        return self.sort.removeprefix("-")


class Question:
    """A filter with the reader's rights; how many each part finds is asked once, for page and count alike."""

    def __init__(
        self,
        session: Session,
        allowed: ColumnElement[bool],
        society_id: int,
        sought: RosterFilter,
        *,
        phones: bool,
        seen: Seen | None,
    ) -> None:
        """`allowed` is the clause of rights; without `seen` every fact may be asked."""
        self._session = session
        self.whose = [allowed, Membership.society_id == society_id, Membership.person_id.is_not(None)]
        scene = Scene(society_id, sought.day, session.get_bind().dialect.name)
        self._state = in_state(sought.state, scene)
        self._asked = list(_asked(sought, scene, seen or (lambda _action: true())))
        self._found = matching(session, society_id, sought.q, phones=phones)
        self._clauses = [self._state, *self._asked, *_words(self._found)]
        self._sizes: dict[tuple[int, int], int] = {}
        self._lead = self._leading(COUNTED if self._found and sought.by not in SCATTERED else FEW)

    @property
    def few(self) -> bool:
        """So few that they are better sorted than met on a walk."""
        return self._lead is not None

    def clauses(self) -> list[ColumnElement[bool]]:
        """All that is asked of a row."""
        return [*self.whose, *self._led_by(self._lead)]

    def indexed(self, *, of_state: bool = True) -> list[ColumnElement[bool]]:
        """The same for those who count without an order; perhaps in any state."""
        state = [self._state.probe] if of_state else []
        people = [Membership.person_id.in_(self._found.people)] if self._found else []
        return [*self.whose, *state, *(_bare(clause) for clause in self._asked), *people]

    def count(self, *, whole: bool = False) -> Counted | None:
        """How many, to the end where `whole`; None for words found too often to count."""
        if self._found and self._found.size > COUNTED and not (self.few or whole):
            return None
        if (rest := self._rest()) is not None:
            return rest
        rows = self._counting(whole)
        if rows is None:
            looked, met = self._beginning
            return Counted(met, looked > COUNTED)
        many = self._many(rows if whole else rows.limit(COUNTED + 1))
        return Counted(many, False) if whole else Counted(min(many, COUNTED), many > COUNTED)

    def _many(self, rows: Select[Any]) -> int:
        return self._session.execute(select(func.count()).select_from(rows.subquery())).scalar_one()

    def _rest(self) -> Counted | None:
        """Of a criterion that leaves few out: all, less those; None where it is not so."""
        one = self._asked[0] if len(self._asked) == 1 and not self._found else None
        if one is None or one.others is None or size(self._session, one.others, FEW) > FEW:
            return None
        rows = select(Membership.id).where(*self.whose, self._state.probe, one.among)
        parts = (
            rows.order_by(self._along).limit(COUNTED + 1),
            rows.where(Membership.person_id.in_(one.others)),
        )
        counts = (select(func.count()).select_from(part.subquery()).scalar_subquery() for part in parts)
        every, left_out = self._session.execute(select(*counts)).one()
        return Counted(every - left_out, False) if every <= COUNTED else None

    def _counting(self, whole: bool) -> Select[Any] | None:
        """By the one criterion's own index, by the people named, or along the order whose index holds all.

        None where too many rows would be looked at that are not met.
        """
        rows = select(Membership.id).where(*self.whose)
        named = self._named()
        if len(named) == 1 and named[0].bare and (whole or self.few or len(named[0].bare) == 1):
            others = [clause.probe for clause in self._clauses if clause is not named[0]]
            return _together([rows.where(*others, part) for part in named[0].bare], whole)
        lead = self._lead or next((clause for clause in named if self._looked_up(clause)), None)
        if lead is None and self._asked and not whole:
            return None
        rows = rows.where(*self._led_by(lead))
        return rows if lead or whole else rows.order_by(self._along)

    @property
    def _along(self) -> Any:
        """The order whose index holds least beside what is looked at; that of the roster holds everything."""
        orders = [clause.along for clause in (self._state, *self._asked)]
        alone = len(self._asked) < 2 and not self._found and all(one is not None for one in orders)  # noqa: PLR2004
        return orders[-1] if alone else Membership.sort_number

    @cached_property
    def _beginning(self) -> tuple[int, int]:
        """How many rows were looked at along the order, and how many of them are met."""
        met = and_(*(clause.probe for clause in self._clauses)).label("met")
        rows = select(met).where(*self.whose).order_by(self._along).limit(COUNTED + 1).subquery()
        looked = select(func.count(), func.count().filter(rows.c.met)).select_from(rows)
        many, met_with = self._session.execute(looked).one()
        return many, met_with

    def _leading(self, few: int) -> Clause | None:
        """The part that names the fewest, where these can be sorted; None where it is better to walk."""
        named = self._named()
        # What several ask together may be rare, however many each finds alone.
        most = few if len(named) == 1 else COUNTED
        sizes = [self._size(clause, most) for clause in named]
        smallest = min(sizes, default=most + 1)
        if smallest > most or (smallest > few and not self._found and self._soon_met(smallest)):
            return None
        return named[sizes.index(smallest)]

    def _soon_met(self, named: int) -> bool:
        """A walk fills a page before so many would be looked up, each at the price of a dozen steps."""
        looked, met = self._beginning
        return named * DOZEN * met > looked * PAGE

    def _named(self) -> list[Clause]:
        return [clause for clause in self._clauses if clause.people is not None]

    def _looked_up(self, clause: Clause) -> bool:
        """Its people can be looked up one by one; for words there is no other way."""
        most = COUNTED if self._is_words(clause) else FEW
        return self._size(clause, most) <= most

    def _is_words(self, clause: Clause) -> bool:
        return self._found is not None and clause is self._clauses[-1]

    def _size(self, clause: Clause, most: int) -> int:
        if self._found and self._is_words(clause):
            return self._found.size
        key = (id(clause), most)
        if key not in self._sizes:
            self._sizes[key] = size(self._session, _union(clause), most)
        return self._sizes[key]

    def _led_by(self, lead: Clause | None) -> Iterator[ColumnElement[bool]]:
        """Every part asked of the row; the leading one by its index, or by its people."""
        yield from (clause.probe for clause in self._clauses if clause is not lead)
        if lead is None:
            return
        if len(lead.bare) == 1:
            yield lead.bare[0]
            return
        yield Membership.person_id.in_(_union(lead))
        if not lead.exact:
            yield lead.probe


def _words(found: Found | None) -> Iterator[Clause]:
    if found:
        yield Clause(found.probe, people=(found.people,), exact=True)


def _union(clause: Clause) -> Select[Any]:
    people = clause.people or ()
    if len(people) == 1:
        return people[0]
    every = union_all(*people).subquery()
    return select(every.c[0])


def _bare(clause: Clause) -> ColumnElement[bool]:
    return clause.bare[0] if len(clause.bare) == 1 else clause.probe


def _together(parts: Sequence[Select[Any]], whole: bool) -> Select[Any]:
    """Rows of any part, each counted no further than the whole is."""
    if len(parts) == 1:
        return parts[0]
    kept = parts if whole else [select(part.limit(COUNTED + 1).subquery()) for part in parts]
    every = union(*kept).subquery()
    return select(every.c.id)


def _asked(sought: RosterFilter, scene: Scene, seen: Seen) -> Iterator[Clause]:
    """The criteria, each only of rows of which the reader may see what it asks."""
    clauses = [
        _shown(CRITERION[one.key].clause(one, sought.known.get(one.key, {}), scene), one, seen)
        for one in sought.chosen
    ]
    return iter([either(clauses)] if sought.any_of and clauses else clauses)


def _shown(clause: Clause, chosen: Chosen, seen: Seen) -> Clause:
    rights = [seen(action) for action in sorted(CRITERION[chosen.key].needs(chosen))]
    if all(right is true() for right in rights):
        return clause
    bare = tuple(and_(*rights, part) for part in clause.bare)
    probe, among = (and_(*rights, part) for part in (clause.probe, clause.among))
    return replace(clause, probe=probe, bare=bare, exact=False, among=among)
