"""What a template writes between its tags is put into the reader's language, wherever the words come from.

Labels of code tables, words of the journal and sentences of services reach a page as plain Chinese. Inside
tags only what is read out is treated so; what goes into a form stays what it is, and so does a text area.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_READ_OUT = re.compile(r"""\b(?:aria-label|title|placeholder|data-label|data-name|alt|label)=(["'])[^"']*$""")
_INSIDE = re.compile(r"<(?!/)[a-z][^<>]*$")
_VERBATIM = re.compile(r"<(textarea|script|style)\b[^>]*>[^<]*$")


class Spoken(Extension):
    """`{{ words }}` between tags becomes `{{ (words)|said }}`."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens, with the filter where people read."""
        before, wrapped = "", False
        for token in stream:
            if token.type == "data":
                before = (before + token.value)[-4000:]
            elif token.type == "variable_begin":
                wrapped = _read(before)
                yield token
                if wrapped:
                    yield Token(token.lineno, "lparen", "(")
                continue
            elif token.type == "variable_end" and wrapped:
                yield from _filter(token.lineno)
            yield token


def _read(before: str) -> bool:
    """Whether people read what stands behind this."""
    tag = _INSIDE.search(before)
    return bool(_READ_OUT.search(tag[0])) if tag else _VERBATIM.search(before) is None


def _filter(line: int) -> Iterator[Token]:
    yield Token(line, "rparen", ")")
    yield Token(line, "pipe", "|")
    yield Token(line, "name", "said")
