"""Numbers as Chinese text writes them."""

from __future__ import annotations

_DIGITS = ("", *"一二三四五六七八九")


def han_number(number: int) -> str:
    """8 → 八, 12 → 十二; from 100 on in digits, as nobody reads it otherwise."""
    if not 0 < number < 100:  # noqa: PLR2004
        return str(number)
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + str(_DIGITS[ones])


_READ = {han_number(number): number for number in range(1, 100)}


def read_number(text: str) -> int | None:
    """十二 → 12; None where it is no such number."""
    return _READ.get(text)
