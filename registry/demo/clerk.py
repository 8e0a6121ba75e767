"""The one who keeps the books of an invented society's bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.bodies import services
from registry.bodies.deciding import Decide, Votes, decide
from registry.bodies.many import appoint_all
from registry.bodies.models import Body, BodyKind, Decision, Post, Tenure, Term
from registry.demo.enrolling import Member
from registry.societies.models import Society

Plan = Mapping[str, Any]
"""One society of `societies.json`."""
Posts = Mapping[str, Post]
"""The posts of all bodies by their codes."""


@dataclass(frozen=True)
class Clerk:
    """Keeps the books of one society's bodies."""

    session: Session
    society: Society
    rng: Random

    def decide(self, body: Body, meeting: str, on: date, text: str, entitled: int) -> Decision:
        """A decision of a meeting that had its quorum of two thirds, with few against it."""
        present = self.rng.randint(entitled * 3 // 4, entitled)
        return self.record(body, Decide(meeting, on, text, entitled, present, votes=self.votes(present)))

    def votes(self, present: int) -> Votes:
        """Most in favour."""
        against, abstain = (self.rng.randint(0, 1 + present // 30) for _ in range(2))
        return Votes(present - against - abstain, against, abstain)

    def record(self, body: Body, command: Decide) -> Decision:
        """A decision as it was made."""
        return decide(self.session, self.society, replace(command, body_id=body.id))

    def appoint_all(
        self, some: Iterable[Member], post: Post, term: Term, decision: Decision, **more: Any
    ) -> list[Tenure]:
        """The same office for many."""
        more = {"starts_on": term.starts_on, "decision_id": decision.id, **more}
        commands = [services.Appoint(who.person_id, post.id, term.id, **more) for who in some]
        return appoint_all(self.session, self.society, commands)

    def appoint(self, who: Member, post: Post, term: Term, decision: Decision, **more: Any) -> Tenure:
        """An office from the term's first day, unless said otherwise."""
        more.setdefault("starts_on", term.starts_on)
        command = services.Appoint(who.person_id, post.id, term.id, decision_id=decision.id, **more)
        return services.appoint(self.session, self.society, command)

    def end(self, tenure: Tenure, on: date, ended_by: str, decision: Decision | None = None) -> None:
        """The office ends before its term."""
        command = services.EndTenure(on, ended_by, decision.id if decision else None)
        services.end(self.session, tenure, command)

    def tenures(self, who: Member, *terms: Term) -> Sequence[Tenure]:
        """Every office that somebody was given in some terms."""
        query = select(Tenure).where(
            Tenure.society_id == self.society.id,
            Tenure.person_id == who.person_id,
            Tenure.term_id.in_(term.id for term in terms),
        )
        return self.session.scalars(query.order_by(Tenure.id)).all()

    def holding(self, term: Term, code: str) -> Sequence[Tenure]:
        """The offices of one post in a term."""
        query = select(Tenure).join(Tenure.post).where(Tenure.term_id == term.id, Post.code == code)
        return self.session.scalars(query.order_by(Tenure.id)).all()


@dataclass(frozen=True)
class Sitting:
    """One term of all bodies: until when it lasted, who sits where, and who died in office."""

    terms: Mapping[BodyKind, Term]
    last: date
    council: Sequence[Member]
    standing: Sequence[Member]
    supervisors: Sequence[Member]
    mourned: tuple[Member, date] | None
