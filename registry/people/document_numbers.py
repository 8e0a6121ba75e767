"""Numbers of identity documents, checked by form and checksum, and what each proves."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from registry.core.codetables import TABLES, country_of
from registry.core.dates import PartialDate
from registry.core.regions import Region


class DocumentError(ValueError):
    """A number that cannot be right, in a clerk's words."""


class DocumentKind(StrEnum):
    """The documents that the registry knows."""

    RESIDENT_ID = "resident_id"
    RESIDENCE_PERMIT = "residence_permit"
    HKMO_PERMIT = "hkmo_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_PR = "foreign_pr"
    PASSPORT = "passport"


LABELS = {
    DocumentKind.RESIDENT_ID: "居民身份证",
    DocumentKind.RESIDENCE_PERMIT: "港澳台居民居住证",
    DocumentKind.HKMO_PERMIT: "港澳居民来往内地通行证",
    DocumentKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentKind.FOREIGN_PR: "外国人永久居留身份证",
    DocumentKind.PASSPORT: "护照",
}

SHORT = {
    DocumentKind.RESIDENT_ID: "身份证",
    DocumentKind.RESIDENCE_PERMIT: "居住证",
    DocumentKind.HKMO_PERMIT: "港澳居民通行证",
    DocumentKind.TAIWAN_PERMIT: "台湾居民通行证",
    DocumentKind.FOREIGN_PR: "永居证",
    DocumentKind.PASSPORT: "护照",
}
"""As sentences and narrow columns say them."""

_PERMIT_REGIONS = {"810000": Region.HONGKONG, "820000": Region.MACAO, "830000": Region.TAIWAN}
_HKMO_REGIONS = {"H": Region.HONGKONG, "M": Region.MACAO}
CHINA = "CN"
_BETWEEN = re.compile(r"[\s\-–—‐‑−·'‘’`\u200b-\u200f\ufeff]")
_LENGTH = 18
_FIRST_YEAR = 1850
_CREDIT_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]+")


@dataclass(frozen=True)
class Proof:
    """A checked number with what it proves; what it says nothing about is None."""

    kind: DocumentKind
    number: str
    region: Region | None = None
    nationality: str | None = None
    birth: PartialDate | None = None
    sex: str | None = None
    country: str | None = None


def normalise(kind: DocumentKind | str, text: str) -> str:
    """The number as it is compared: half width, capitals, no blanks; of a 港澳 permit the first 9."""
    plain = unicodedata.normalize("NFKC", text).upper()
    number = plain if plain.isalnum() else _BETWEEN.sub("", plain)
    if kind == DocumentKind.TAIWAN_PERMIT:
        return re.sub(r"[()]", "", number)
    if kind == DocumentKind.HKMO_PERMIT and re.fullmatch(r"[HM][0-9]{10}", number):
        return number[:9]
    return number


def check(kind: DocumentKind | str, number: str, country: str | None = None) -> Proof:
    """What the document proves, or `DocumentError`; `country` is a passport's issuer."""
    known = DocumentKind(kind)
    plain = normalise(known, number)
    if not plain:
        raise DocumentError(f"{SHORT[known]}号为空")
    if known is DocumentKind.PASSPORT:
        return _check_passport(plain, country)
    return _CHECKS[known](plain)


def check_credit_code(text: str) -> str:
    """A unit's 统一社会信用代码 (GB 32100-2015) as it is compared, or `DocumentError`."""
    number = normalise("", text)
    if len(number) != _LENGTH:
        raise DocumentError(f"统一社会信用代码应为 18 位，这里是 {len(number)} 位")
    if not _CREDIT_CODE.fullmatch(number):
        raise DocumentError("统一社会信用代码只能是数字和大写字母，且不含 I、O、S、V、Z")
    right = uscc.calc_check_digit(number[:-1])
    if number[-1] != right:
        raise DocumentError(f"统一社会信用代码末位校验不符（应为 {right}）")
    return number


def _check_resident_id(number: str) -> Proof:
    _check_eighteen(number, "身份证")
    if number[:6] in _PERMIT_REGIONS:
        raise DocumentError("这是港澳台居民居住证的号码，请改选证件类型")
    if number[0] == "9":
        raise DocumentError("这是外国人永久居留身份证的号码，请改选证件类型")
    if number[:2] not in TABLES["province"]:
        raise DocumentError(f"身份证号开头的地区代码 {number[:2]} 不存在")
    birth = _birth(number, "身份证")
    _check_last(number, "身份证")
    return Proof(DocumentKind.RESIDENT_ID, number, Region.MAINLAND, CHINA, birth, _sex(number))


def _check_residence_permit(number: str) -> Proof:
    _check_eighteen(number, "居住证")
    region = _PERMIT_REGIONS.get(number[:6])
    if region is None:
        raise DocumentError("居住证号应以 810000（香港）、820000（澳门）或 830000（台湾）开头")
    birth = _birth(number, "居住证")
    _check_last(number, "居住证")
    return Proof(DocumentKind.RESIDENCE_PERMIT, number, region, CHINA, birth, _sex(number))


def _check_hkmo_permit(number: str) -> Proof:
    if not re.fullmatch(r"[HM][0-9]{8}", number):
        raise DocumentError("港澳居民通行证号应为 H 或 M 加 8 位数字（旧证后面还有 2 位换证次数）")
    return Proof(DocumentKind.HKMO_PERMIT, number, _HKMO_REGIONS[number[0]], CHINA)


def _check_taiwan_permit(number: str) -> Proof:
    if not re.fullmatch(r"[0-9]{8}|[0-9]{10,12}[A-Z]?", number):
        raise DocumentError("台湾居民通行证号应为 8 位数字（旧证为 10 位以上）")
    return Proof(DocumentKind.TAIWAN_PERMIT, number, Region.TAIWAN, CHINA)


def _check_foreign_pr(number: str) -> Proof:
    """18 digits since 2023; before, three letters and 12 digits, whose birth year lost its century."""
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return Proof(DocumentKind.FOREIGN_PR, number, Region.FOREIGN, _nationality(number[:3]))
    if number[:1] != "9":
        raise DocumentError("永居证号应为 9 开头的 18 位（2017 年版为 3 个字母加 12 位数字）")
    _check_eighteen(number, "永居证")
    nationality, birth = _nationality(number[3:6]), _birth(number, "永居证")
    _check_last(number, "永居证")
    return Proof(DocumentKind.FOREIGN_PR, number, Region.FOREIGN, nationality, birth)


def _check_passport(number: str, country: str | None) -> Proof:
    """A passport proves the nationality; a Chinese one says nothing of the region."""
    if not re.fullmatch(r"[A-Z0-9]{5,20}", number):
        raise DocumentError("护照号应为 5 至 20 位字母和数字")
    if not country:
        raise DocumentError("护照须注明签发国家")
    issuer = _country(country)
    return Proof(DocumentKind.PASSPORT, number, nationality=issuer, country=issuer)


_CHECKS = {
    DocumentKind.RESIDENT_ID: _check_resident_id,
    DocumentKind.RESIDENCE_PERMIT: _check_residence_permit,
    DocumentKind.HKMO_PERMIT: _check_hkmo_permit,
    DocumentKind.TAIWAN_PERMIT: _check_taiwan_permit,
    DocumentKind.FOREIGN_PR: _check_foreign_pr,
}


def _check_eighteen(number: str, word: str) -> None:
    """Length and digits."""
    if len(number) != _LENGTH:
        raise DocumentError(f"{word}号应为 18 位，这里是 {len(number)} 位")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise DocumentError(f"{word}号只能是数字，末位可以是 X")


def _check_last(number: str, word: str) -> None:
    """The check character (GB 11643-1999, ISO 7064 MOD 11-2); looked at last, for any slip upsets it."""
    right = mod_11_2.calc_check_digit(number[:-1])
    if number[-1] != right:
        raise DocumentError(f"{word}号末位校验不符（应为 {right}）")


def _birth(number: str, word: str) -> PartialDate:
    """Positions 7 to 14."""
    digits = number[6:14]
    try:
        birth = PartialDate.parse(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        birth = None
    if birth is None or birth.year < _FIRST_YEAR:
        raise DocumentError(f"{word}号中的出生日期 {digits} 不存在")
    return birth


def _sex(number: str) -> str:
    return "M" if int(number[16]) % 2 else "F"


def _nationality(code: str) -> str:
    country = country_of(code)
    if country is None or country == CHINA:
        raise DocumentError(f"永居证号中的国籍代码 {code} 不存在")
    return country


def _country(text: str) -> str:
    try:
        return TABLES["country"].read(text)
    except ValueError as error:
        raise DocumentError(f"护照的签发国家：{error}") from error
