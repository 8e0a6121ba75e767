"""Dates as people type them and as Excel holds them, read as a person would."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from math import isfinite

from registry.core.dates import PartialDate

FIRST_YEAR, LAST_YEAR = 1850, 2100
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_SERIAL = 5
_TIME = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_PLAIN = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_PARTS = re.compile(r"(\d{1,8})(?:[-./年,、](\d{1,2}))?(?:[-./月,、](\d{1,2}))?")
_HAN_NUMBER = re.compile("[〇零○一二三四五六七八九十]+")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HOW = "请写作 1965年3月、1965-03 或 1965-03-12"


def read_date(value: object) -> PartialDate:
    """Year, month or day from text, number or date; `ValueError` in words where it would be a guess.

    1965 is a year, 196503 a month, 19650312 a day, and five digits are Excel's count of days.
    """
    if isinstance(value, datetime | date):
        return _plausible(PartialDate(value.year, value.month, value.day))
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return _read_number(value)
    if isinstance(value, str):
        return _read_text(value)
    raise ValueError("日期为空" if value is None else f"“{value}”不是日期，{_HOW}")


def _read_number(value: float) -> PartialDate:
    """A cell of numbers: 1965.10 arrives as 1965.1, so its month is not known."""
    if FIRST_YEAR <= value <= LAST_YEAR and f"{value:g}".endswith(".1"):
        raise ValueError(f"{value} 可能是 1 月，也可能是 10 月，请把单元格改为文本再写")
    if len(str(int(value))) == _SERIAL:
        return _plausible(PartialDate.on(_EXCEL_DAY_ZERO + timedelta(days=int(value))))
    return _read_text(str(int(value)) if value == int(value) else str(value))


def _read_text(text: str) -> PartialDate:
    if plain := _PLAIN.fullmatch(text):
        return _build(text, *plain.groups())
    clean = _tidy(text)
    if not clean:
        raise ValueError("日期为空")
    match = _PARTS.fullmatch(clean)
    if match is None:
        raise ValueError(f"“{text.strip()}”看不出是哪一天，{_HOW}")
    whole, *rest = match.groups()
    if not any(rest) and len(whole) == _SERIAL:
        return _read_number(int(whole))
    if not any(rest):
        whole, *rest = _cut(whole)
    return _build(text.strip(), whole, *rest)


def _tidy(text: str) -> str:
    """Half width, Arabic digits, without time, spaces and closing words."""
    plain = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    plain = _HAN_NUMBER.sub(lambda match: _arabic(match.group()), re.sub("[—–−－~]", "-", plain))
    plain = re.sub(r"\s*([-./年月日号,、])\s*", r"\1", plain)
    plain = re.sub(r"(\d)\s+(?=\d)", r"\1-", plain)
    plain = re.sub(r"(出?生)$", "", plain)
    return re.sub(r"(?<=\d)\.0$", "", plain).rstrip("日号月年.-/") if plain[:1].isdigit() else plain


def _arabic(han: str) -> str:
    """十二 → 12, 二十三 → 23, 一九六五 → 1965."""
    if "十" not in han:
        return han.translate(_HAN_DIGITS)
    tens, _, ones = han.partition("十")
    return (tens or "一").translate(_HAN_DIGITS) + (ones or "〇").translate(_HAN_DIGITS)


def _cut(digits: str) -> tuple[str, str | None, str | None]:
    """Digits without separators: 196503 or 19650312."""
    return digits[:4], digits[4:6] or None, digits[6:] or None


def _build(typed: str, year: str, month: str | None, day: str | None) -> PartialDate:
    """Parts as typed; 00 stands for unknown."""
    if len(year) <= 2 or not _in_range(int(year)):  # noqa: PLR2004
        raise ValueError(f"“{typed}”的年份请写四位，如 1965")
    if (month and len(month) == 1 and typed.isdigit()) or (day and len(day) != 2 and typed.isdigit()):  # noqa: PLR2004
        raise ValueError(f"“{typed}”的位数不对，{_HOW}")
    known_month = int(month or 0) or None
    return PartialDate(int(year), known_month, (int(day or 0) or None) if known_month else None)


def _in_range(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _plausible(value: PartialDate) -> PartialDate:
    if not _in_range(value.year):
        raise ValueError(f"{value.chinese}不在 {FIRST_YEAR}–{LAST_YEAR} 年之间")
    return value
