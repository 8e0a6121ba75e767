"""What a macro draws of the same values is drawn once, such as the hundreds of options of a form."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache

from flask import get_template_attribute
from flask_babel import get_locale
from markupsafe import Markup

KEPT = 1 << 10


def drawn(template: str, macro: str, *values: Hashable | Sequence[Hashable]) -> Markup:
    """The macro's answer; it must look at nothing but the values and the language."""
    known = (tuple(value) if isinstance(value, list) else value for value in values)
    return _drawn(str(get_locale()), template, macro, *known)


@lru_cache(maxsize=KEPT)
def _drawn(_locale: str, template: str, macro: str, *values: Hashable) -> Markup:
    answer: Markup = get_template_attribute(template, macro)(*values)
    return answer
