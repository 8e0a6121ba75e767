"""The words of a society: how many bear each, another name, two made one, one taken off everybody."""

from __future__ import annotations

from flask import Blueprint, Response, g
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.core.errors import NotThere
from registry.core.policy import Action
from registry.journal.services import under_way
from registry.societies.models import Society
from registry.societies.views import load_society
from registry.tags import queries, services
from registry.tags.forms import MergeForm, RenameForm
from registry.tags.models import Tag
from registry.undoing.views import offer
from registry.web.access import permit_in, permit_on
from registry.web.database import session
from registry.web.deeds import attempt
from registry.web.filters import link
from registry.web.pages import go, page

bp = Blueprint("tag_words", __name__, url_prefix="/societies/<slug>/tags")


def load_tag(session: Session, slug: str, tag_id: int) -> Tag | None:
    """A tag of the society in the address."""
    return queries.tag_of(session, load_society(session, slug).id, tag_id)


@bp.get("/")
@permit_in(Action.TAG_KEEP, load_society)
def index(society: Society) -> Response:
    """All that somebody bears."""
    return page("tags/index.html", None, rows=queries.counted(session(), society.id))


@bp.get("/<int:tag_id>")
@permit_on(Action.TAG_KEEP, load_tag)
def word(tag: Tag) -> Response:
    """One tag, and what can be done with it."""
    return _word(tag, 200)


@bp.post("/<int:tag_id>/rename")
@permit_on(Action.TAG_KEEP, load_tag)
def rename(tag: Tag) -> Response:
    """Another word."""
    form, old = RenameForm(), tag.name
    status = attempt(form, lambda: services.rename(session(), tag, form.name.data))
    return _word(tag, status, renaming=form) if status else _done(_("“%(tag)s”已改名", tag=old))


@bp.post("/<int:tag_id>/merge")
@permit_on(Action.TAG_KEEP, load_tag)
def merge(tag: Tag) -> Response:
    """Two made one."""
    form = MergeForm()
    form.offer(_others(tag))
    status = attempt(form, lambda: services.merge(session(), tag, _chosen(form)))
    return _word(tag, status, merging=form) if status else _done(_("“%(tag)s”已并入", tag=tag.name))


@bp.post("/<int:tag_id>/delete")
@permit_on(Action.TAG_KEEP, load_tag)
def delete(tag: Tag) -> Response:
    """Off everybody."""
    services.delete(session(), tag)
    return _done(_("“%(tag)s”已删除", tag=tag.name))


def _others(tag: Tag) -> list[Tag]:
    return [row for row in queries.tags(session(), tag.society_id) if row.id != tag.id]


def _chosen(form: MergeForm) -> Tag:
    found = queries.tag_of(session(), g.society.id, int(form.into.data))
    if found is None:
        raise NotThere
    return found


def _word(
    tag: Tag, status: int, *, renaming: RenameForm | None = None, merging: MergeForm | None = None
) -> Response:
    """The page of a tag; what was typed and refused stands where it was typed."""
    merging = merging or MergeForm(formdata=None)
    merging.offer(_others(tag))
    return page(
        "tags/word.html",
        None,
        status,
        tag=tag,
        people=len(queries.all_bearers(session(), tag.society_id, tag.id)),
        renaming=renaming or RenameForm(formdata=None, data={"name": tag.name}),
        merging=merging,
    )


def _done(words: str) -> Response:
    opened = under_way(session())
    if opened is not None:
        offer(g.society, opened.id, words)
    return go(link("tag_words.index", slug=g.society.slug))
