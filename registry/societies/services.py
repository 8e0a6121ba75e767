"""Founding societies with their categories."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.journal.services import act
from registry.societies.models import Category, Society

USUAL_CATEGORIES = (
    ("ordinary", "普通会员", True, True, True, False),
    ("senior", "高级会员", True, True, True, False),
    ("fellow", "会士", True, True, True, False),
    ("student", "学生会员", False, False, False, False),
    ("honorary", "荣誉会员", False, False, False, False),
    ("foreign", "外籍会员", False, False, False, False),
    ("unit", "单位会员", True, True, True, True),
)


def found_society(session: Session, slug: str, name: str, short_name: str, prefix: str = "") -> Society:
    """A society with the usual categories."""
    society = Society(slug=slug, name=name, short_name=short_name, number_prefix=prefix)
    act(session, "society:found")
    session.add(society)
    session.flush()
    for rank, (code, word, elects, eligible, votes, for_units) in enumerate(USUAL_CATEGORIES):
        row = Category(society_id=society.id, code=code, name=word, rank=rank, for_units=for_units)
        row.elects, row.eligible, row.votes = elects, eligible, votes
        session.add(row)
    session.flush()
    return society
