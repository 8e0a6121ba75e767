"""A letter with a code and its picture; it is shown once, for the code is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import segno
from markupsafe import Markup

from registry.people.models import Person


@dataclass(frozen=True)
class Letter:
    """To whom it goes, the code to be typed, and the address to be scanned."""

    name: str
    code: str = field(repr=False)
    until: datetime
    address: str = field(repr=False)
    person: Person | None = None
    """None = it is handed over."""

    @property
    def qr(self) -> Markup:
        """The address as a picture."""
        code = segno.make(self.address, error="m", micro=False)
        drawn = code.svg_inline(border=2, dark="#000000", light="#ffffff", omitsize=True)
        # Drawn here from the address; nothing that anybody typed is in it but as modules of the code.
        return Markup(drawn)  # noqa: S704
