"""Facts of a person between what is typed, what is kept and what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.core import text
from registry.core.codetables import TABLES
from registry.core.dates import PartialDate
from registry.core.typed_dates import read_date
from registry.people import former
from registry.people.fields import FIELDS, Field

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[\d+()（）\-\s转,，、;；/#*]{5,}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
FALSE_WORDS = {"", "0", "否", "no", "false", "不是"}


@dataclass
class Facts:
    """What was read from typed facts, and what could not be."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_facts(typed: Mapping[str, Any]) -> Facts:
    """Typed text → values by key; every fact that cannot be read keeps its reason."""
    facts = Facts()
    for key, raw in typed.items():
        try:
            facts.values[key] = read_fact(key, raw)
        except ValueError as error:
            facts.errors[key] = str(error)
    return facts


def read_fact(key: str, raw: Any) -> Any:
    """One typed fact → its value; `ValueError` in a clerk's words. Values pass through unchanged."""
    spec = FIELDS[key]
    if spec.kind == "flag":
        return _read_flag(raw)
    if spec.kind == "codes":
        return _read_codes(raw, spec)
    if raw is None or isinstance(raw, PartialDate):
        return raw
    typed = str(raw).strip()
    if spec.kind == "date":
        return _read_birth(typed)
    if spec.kind == "code":
        return TABLES[spec.table or ""].read(typed) if typed else None
    if len(typed) > spec.length:
        raise ValueError(f"{spec.label}最多 {spec.length} 个字")
    return _READERS.get(key, str)(typed)


def _read_flag(raw: Any) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    typed = str(raw).strip().lower()
    return None if typed in {"", "unknown"} else typed not in FALSE_WORDS


def _read_codes(raw: Any, spec: Field) -> tuple[str, ...]:
    parts = raw if isinstance(raw, tuple | list) else re.split(r"[、,，;；\s]+", str(raw or ""))
    table = TABLES[spec.table or ""]
    codes = tuple(dict.fromkeys(table.read(str(part)) for part in parts if str(part).strip()))
    if len(codes) > spec.length:
        raise ValueError(f"{spec.label}最多 {spec.length} 个，这里有 {len(codes)} 个")
    return codes


def _read_birth(typed: str) -> PartialDate | None:
    return read_date(typed) if typed else None


def _read_name(typed: str) -> str:
    if not typed:
        raise ValueError("姓名不能为空")
    return text.squeeze_name(typed)


def _read_email(typed: str) -> str:
    if typed and not _EMAIL.fullmatch(typed):
        raise ValueError(f"邮箱“{typed}”格式不对，应像 name@example.cn")
    return typed.lower()


def _read_phone(typed: str) -> str:
    if typed and not _PHONE.fullmatch(typed):
        raise ValueError(f"电话“{typed}”里有不是号码的字")
    digits = re.sub(r"\s", "", typed)
    return digits if _MOBILE.fullmatch(digits) else typed


_READERS = {"name": _read_name, "email": _read_email, "phone": _read_phone, "former_names": former.tidy}


def shown(key: str, value: Any) -> str:
    """A fact as people read it: codes by name, unknown as empty."""
    return teller(key)(value)


def teller(key: str) -> Callable[[Any], str]:
    """How the values of one fact are shown, for those who show many."""
    spec = FIELDS[key]
    if spec.kind == "flag":
        return lambda value: "" if value is None else _FLAGS[value]
    if spec.kind == "code":
        return TABLES[spec.table or ""].name
    if spec.kind == "codes":
        name = TABLES[spec.table or ""].name
        return lambda codes: "、".join(name(code) for code in codes or ())
    return lambda value: "" if value is None else str(value)


_FLAGS = {True: "是", False: "否"}
