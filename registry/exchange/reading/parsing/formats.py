"""Formats of dates that show less than a day: what Excel makes of 1965年3月 is the first of the month."""

from __future__ import annotations

import re
from datetime import date, datetime

from registry.exchange.reading.sheets import Cell

BUILT_IN = dict.fromkeys((17, 27, 36, 50, 52, 57), "m")
"""Of Excel's own formats those that show year and month."""

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def shows(code: str) -> str:
    """`m` for a format of year and month, `y` for one of the year alone, else nothing."""
    letters = set(_QUOTED.sub("", code.split(";", 1)[0]).casefold()) & set("yemdhs")
    if not letters & set("ye") or letters & set("dhs"):
        return ""
    return "m" if "m" in letters else "y"


def coarse(value: Cell, shown: str) -> Cell:
    """The date as it is shown, where only its first day can have been made up."""
    if not isinstance(value, date) or value.day != 1 or (shown == "y" and value.month != 1):
        return value
    if isinstance(value, datetime) and value.time() != datetime.min.time():
        return value
    return f"{value.year}-{value.month:02}" if shown == "m" else str(value.year)
