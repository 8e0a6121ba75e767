"""What the views of every area begin with: the society named in the address."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.societies import queries
from registry.societies.models import Society
from registry.web import frame


def load_society(session: Session, slug: str) -> Society:
    """The society in the address, shown in the frame; raises `NotThere`."""
    society = queries.by_slug(session, slug)
    if society is None:
        raise NotThere
    frame.show(society)
    return society
