"""Where a person belongs (地区); apart from nationality, which is a country."""

from __future__ import annotations

from enum import StrEnum


class Region(StrEnum):
    """内地, 香港, 澳门, 台湾 or 外籍; a Chinese citizen living abroad keeps the region."""

    MAINLAND = "CN"
    HONGKONG = "HK"
    MACAO = "MO"
    TAIWAN = "TW"
    FOREIGN = "XX"


LABELS = {
    Region.MAINLAND: "内地",
    Region.HONGKONG: "中国香港",
    Region.MACAO: "中国澳门",
    Region.TAIWAN: "中国台湾",
    Region.FOREIGN: "外籍",
}
"""As every page and export says it: never a region as a country."""
