"""Sentences that are made far from the reader, and put into the reader's language where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Sentence(str):
    """A Chinese sentence that knows its template and its values; stored or compared it is plain text."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """`template` names its values: `已有 %(n)s 人`."""
        made = super().__new__(cls, template % values if values else template)
        made.template, made.values = template, values
        return made
