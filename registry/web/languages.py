"""The reader's language, and what was said far from the reader put into it."""

from __future__ import annotations

from flask_babel import gettext

from registry.core.sentences import Sentence


def said(text: object) -> str:
    """A sentence with its values, or a word, in the reader's language."""
    if not isinstance(text, Sentence):
        return str(gettext(str(text))) if text else ""
    values = {key: said(value) if isinstance(value, str) else value for key, value in text.values.items()}
    template = str(gettext(text.template))
    return template % values if values else template
