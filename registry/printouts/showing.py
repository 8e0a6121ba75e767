"""A list as its page and its files show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from registry.consents import queries as consents
from registry.consents.purposes import DIRECTORY
from registry.core.policy import Action, may, reach
from registry.exports.lists.roster import remembered
from registry.printing import fonts
from registry.printing.document import Document
from registry.printouts import finding, forms, queries, services
from registry.printouts.composing import Found, compose
from registry.printouts.kinds import Kind
from registry.printouts.layouts import ORDERS, STYLES, Layout
from registry.printouts.models import PrintLayout
from registry.societies.models import Society
from registry.web import current
from registry.web.database import session

_LAYOUT = {"draft", "shown", "title", "subtitle", "across", "paper", "size", "note", "signature"}
"""Words of an address that are of a layout and not of whom it names."""


@dataclass
class Sheet:
    """One list for one reader; `draft` is a layout that is not kept yet."""

    society: Society
    kind: Kind
    draft: Layout | None = None

    @cached_property
    def kept(self) -> PrintLayout | None:
        """The society's own layout."""
        return queries.layout(session(), self.society.id, self.kind.key)

    @property
    def standing(self) -> Layout:
        """The layout in force."""
        return Layout.of(self.kept) if self.kept else self.kind.usual

    @property
    def own(self) -> bool:
        """It is other than usual."""
        return self.standing != self.kind.usual

    @cached_property
    def layout(self) -> Layout:
        """The one to print with."""
        return self.draft or forms.overridden(self.kind, self.standing, request.args)

    @cached_property
    def found(self) -> Found:
        """Whom it names."""
        return finding.FIND[self.kind.key](self.society, self.layout)

    @cached_property
    def document(self) -> Document:
        """As it goes to the press."""
        grants = current.grants()
        asked = remembered(lambda action, place: may(grants, action, place))
        return compose(self.society, self.kind, self.layout, self.found, asked, current.today())

    @property
    def many(self) -> int:
        """How many rows."""
        return len(self.found.rows)

    @property
    def long(self) -> bool:
        """Nobody should wait for it."""
        return self.many > services.FEW

    @cached_property
    def lost(self) -> list[tuple[str, str]]:
        """Texts that cannot be printed in full, with the characters that no font has."""
        return list(fonts.missing_in(self.document.texts()).items())

    @cached_property
    def silent(self) -> int:
        """How many it tells how to reach who did not agree to stand in a directory of members."""
        kinds = [(key, self.kind.columns.get(key)) for key in self.layout.columns]
        reached = {key for key, column in kinds if column is not None and column.see is Action.CONTACT_SEE}
        if not reached:
            return 0
        people = {row.person_id for row in self.found.rows if getattr(row, "person_id", None)}
        chosen = consents.chosen(session(), self.society.id, people, DIRECTORY)
        return sum(not reached <= set(chosen.get(person_id, ())) for person_id in people)

    @property
    def lacking(self) -> list[str]:
        """The packages of fonts to install."""
        return fonts.lacking()

    @property
    def orders(self) -> list[tuple[str, str]]:
        """To choose from."""
        return [(key, _(ORDERS[key])) for key in self.kind.orders]

    @property
    def styles(self) -> list[tuple[str, str]]:
        """To choose from."""
        return [(key, _(word)) for key, word in STYLES.items()] if self.kind.of_people else []

    @cached_property
    def councils(self) -> list[finding.Council]:
        """The terms to choose from."""
        return finding.councils(self.society, current.day()) if self.kind.key == "council" else []

    @cached_property
    def council(self) -> finding.Council | None:
        """The one that is shown."""
        return finding.council(self.society, current.day()) if self.kind.key == "council" else None

    @property
    def narrowed(self) -> dict[str, list[str]]:
        """What the address says beside order, style and layout."""
        passed = {key: request.args.getlist(key) for key in request.args}
        chosen = {"order", "style", "of"} | _LAYOUT
        return {key: values for key, values in passed.items() if key not in chosen and any(values)}

    def address(self, endpoint: str, **values: Any) -> str:
        """A place of this list, with all that the address asks."""
        kept = {key: request.args[key] for key in ("order", "style", "of") if request.args.get(key)}
        values = {**self.narrowed, **kept, **values}
        return url_for(f"printouts.{endpoint}", slug=self.society.slug, kind=self.kind.key, **values)

    @property
    def picture(self) -> str:
        """The address of the first page as a picture."""
        if self.draft is None:
            return self.address("picture")
        return self.address("picture", **forms.as_typed(self.draft))

    def order(self, form: str) -> services.Order:
        """To be made as pdf or docx."""
        who = current.reader()
        narrowed = (*sorted(self.narrowed), self.kind.key)
        account_id = who.account_id if who else None
        return services.Order(self.document, form, self.kind.key, narrowed, account_id, self._branch)

    @property
    def _branch(self) -> int | None:
        """The branch to which the reader is confined."""
        spans = reach(current.grants(), Action.ROSTER_EXPORT)
        here = [span.branch_id for span in spans if span.society_id in (None, self.society.id)]
        return None if None in here or not here else here[0]
