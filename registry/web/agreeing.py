"""English words agree with the number before them: `%(n)s member¦members` is said as `1 member`, `2 members`.

The catalog of translations writes both forms; Chinese, the language of the sources, knows but one.
"""

from __future__ import annotations

import re

_EITHER = "¦"
_FOUND = re.compile(r"(\d[\d,]*)|(\w+)¦(\w+)")


def agreed(text: str) -> str:
    """A sentence whose values stand in it, each word in the form that the last number before it asks for."""
    if _EITHER not in text:
        return text
    number = ""

    def form(found: re.Match[str]) -> str:
        nonlocal number
        number = found[1] or number
        return found[1] or found[2 if number == "1" else 3]

    return _FOUND.sub(form, text)
