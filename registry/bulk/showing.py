"""What the pages of a bulk deed show: who is held, what can be done, and what was asked in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from registry.bulk import forms, queries
from registry.bulk.models import Choice
from registry.bulk.planning import Plan
from registry.core.policy import Action, may
from registry.exports.lists.roster import remembered
from registry.jobs.models import Job
from registry.people.fields import FIELDS
from registry.people.many import SETTABLE
from registry.roster.acts import ACTS, Act, offered, reaches
from registry.roster.reach import seen
from registry.societies import queries as societies
from registry.societies.models import Society
from registry.tags import queries as tags
from registry.web import current
from registry.web.database import session

NAMED = 8
LABELS = {act.key: act.label for act in ACTS}


@dataclass
class Held:
    """A choice as its reader sees it; each thing is fetched when it is first asked."""

    society: Society
    choice: Choice

    @cached_property
    def rows(self) -> Sequence[Any]:
        """The spells that the reader may still see."""
        return queries.spells(session(), seen(Action.ROSTER_SEE), self.choice)

    @property
    def many(self) -> int:
        """How many are held and still there for the reader."""
        return len(self.rows)

    @property
    def names(self) -> list[str]:
        """The first of them."""
        return [row.name for row in self.rows[:NAMED]]

    @property
    def gone(self) -> int:
        """Held, but no longer there for the reader."""
        return len(self.choice.spell_ids) - self.many

    @property
    def moved(self) -> bool:
        """The roster had said another number than was found when it was chosen."""
        return self.choice.announced not in (None, len(self.choice.spell_ids))

    @property
    def acts(self) -> list[Act]:
        """What the reader may do to somebody here."""
        return offered(current.grants(), self.society.id)

    def href(self, act: Act) -> str:
        """The page of an act."""
        place: dict[str, Any] = {"slug": self.society.slug, "choice_id": self.choice.id}
        if act.key in forms.FORMS:
            return url_for("bulk.order", deed=act.key, **place)
        return url_for("bulk.write" if act.key == "write" else "bulk.files", **place)

    def choices(self) -> forms.Choices:
        """What the society offers, as far as the reader may set it."""
        key, grants = self.society.id, current.grants()
        facts = [fact for fact in SETTABLE if reaches(grants, FIELDS[fact].edit, key)]
        offered_tags, found = tags.tags(session(), key), societies.branches(session(), key)
        return forms.Choices(current.day(), societies.categories(session(), key), found, offered_tags, facts)


def cached_may() -> Any:
    """The reader's rights, each asked once."""
    grants = current.grants()
    return remembered(lambda action, place: may(grants, action, place))


def in_words(asked: dict[str, Any]) -> str:
    """What was asked, short: of the page, and of the journal."""
    target = asked["target"]
    words: dict[str, str] = {
        "category": _("类别改为“%(to)s”", to=target),
        "branch": _("分支机构改为“%(to)s”", to=target),
        "state": _("会籍改为“%(to)s”", to=target),
        "tag": _("加标签“%(to)s”", to=target),
        "untag": _("去标签“%(to)s”", to=target),
        "fact": _("%(fact)s改为“%(to)s”", fact=_fact(asked["key"]), to=target),
    }
    return words[asked["deed"]]


def _fact(key: str) -> str:
    return FIELDS[key].label if key in FIELDS else key


def asked_of(plan: Plan) -> dict[str, Any]:
    """A plan in the form in which a job remembers it."""
    return {**vars(plan.order), "target": plan.target}


def again(job: Job, slug: str) -> str:
    """The page on which the same can be asked once more."""
    asked = job.asked
    field = {"category": "category", "branch": "branch", "state": "reason", "fact": "fact"}.get(
        asked["deed"], "tag"
    )
    value = f"{asked['key']}:{asked['value']}" if asked["key"] else asked["value"] or "none"
    typed = {field: value, "since": asked["on"], "why": asked["why"], "ask": "1"}
    return url_for("bulk.order", slug=slug, choice_id=job.choice_id, deed=asked["deed"], **typed)
