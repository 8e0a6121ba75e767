"""Formulas, of which only the results are read: what is wrong with one is told of its cell."""

from __future__ import annotations

import re

from registry.exchange.reading.sheets import Flaw

ERROR = Flaw("单元格里是 Excel 的错误值，请改正")
UNKNOWN = Flaw("公式还没有算出结果，请用 Excel 打开并保存一次")
CALLS_OUT = Flaw("公式会调用别的程序或网络，不读；请改成值")
TYPED = Flaw("这一格是公式而不是值，请用 Excel 打开、算出结果后另存")

_CALLS = re.compile(
    r"\b(?:WEBSERVICE|IMPORT(?:DATA|XML|HTML|FEED|RANGE)|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE)\s*\("
    r"|\w\|['\w ]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]*"')
_FORMULA = re.compile(r"[+-]?(?:=\s*[\w(\"'+$-]|@\w+\()|[=+@-]\s*\w+\|['\w ]")


def calls_out(formula: str) -> bool:
    """It would fetch from the network, or speak to another program."""
    return bool(_CALLS.search(_QUOTED.sub("", formula)))


def typed(text: str) -> Flaw | None:
    """A formula that stands in a text file, where it has no result; ="0012" is a text."""
    if text[:1] not in "=+-@" or not text or re.fullmatch('="[^"]*"', text) or not _FORMULA.match(text):
        return None
    return CALLS_OUT if calls_out(text) else TYPED
