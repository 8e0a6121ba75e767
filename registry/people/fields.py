"""The catalogue of a person's facts: label, form of input, code table, and the rights each needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from registry.core.policy import Action, Grant, may
from registry.core.subjects import Subject


@dataclass(frozen=True)
class Field:
    """One fact; `kind` is text, long, code, codes, date or flag.

    `table` names the code table, of which a text only takes suggestions; `length` counts characters or codes.
    """

    key: str
    label: str
    see: Action
    edit: Action
    kind: str = "text"
    table: str | None = None
    length: int = 200


@dataclass(frozen=True)
class Section:
    """Facts shown and edited together."""

    key: str
    label: str
    fields: tuple[Field, ...]

    def seen(self, grants: Sequence[Grant], subject: Subject) -> tuple[Field, ...]:
        """The facts that the grants show of the subject."""
        return tuple(field for field in self.fields if may(grants, field.see, subject))

    def edited(self, grants: Sequence[Grant], subject: Subject) -> tuple[Field, ...]:
        """The facts that the grants let be changed."""
        return tuple(field for field in self.seen(grants, subject) if may(grants, field.edit, subject))


def _fields(see: Action, edit: Action, *rows: tuple[Any, ...]) -> tuple[Field, ...]:
    return tuple(Field(key, label, see, edit, *rest) for key, label, *rest in rows)


SECTIONS = (
    Section(
        "identity",
        "姓名与身份",
        _fields(
            Action.IDENTITY_SEE,
            Action.IDENTITY_EDIT,
            ("name", "姓名", "text", None, 120),
            ("name_traditional", "繁体姓名", "text", None, 120),
            ("name_pinyin", "姓名拼音"),
            ("name_latin", "外文姓名"),
            ("former_names", "曾用名"),
            ("sex", "性别", "code", "sex"),
            ("birth", "出生日期", "date"),
            ("region", "地区", "code", "region"),
            ("nationality", "国籍", "code", "country"),
            ("ethnic", "民族", "code", "ethnic"),
            ("political", "政治面貌", "code", "political"),
        ),
    ),
    Section(
        "work",
        "工作单位",
        _fields(
            Action.WORK_SEE,
            Action.EMPLOYER_EDIT,
            ("employer", "工作单位"),
            ("position", "职务"),
        )
        + _fields(
            Action.WORK_SEE,
            Action.WORK_EDIT,
            ("employer_kind", "单位类型", "code", "employer_kind"),
            ("grassroots", "基层一线", "flag"),
            ("grassroots_ground", "基层一线依据", "text", "grassroots"),
        ),
    ),
    Section(
        "expertise",
        "学历与专业",
        _fields(
            Action.WORK_SEE,
            Action.EXPERTISE_EDIT,
            ("title", "职称", "text", "title", 60),
            ("title_level", "职称级别", "code", "title_level"),
            ("education", "学历", "code", "education"),
            ("degree", "学位", "code", "degree"),
        )
        + _fields(
            Action.WORK_SEE,
            Action.DISCIPLINE_EDIT,
            ("disciplines", "学科", "codes", "discipline", 10),
            ("bio", "个人简介", "long", None, 1000),
        ),
    ),
    Section(
        "contact",
        "联系方式",
        _fields(
            Action.CONTACT_SEE,
            Action.CONTACT_EDIT,
            ("phone", "电话", "text", None, 60),
            ("email", "邮箱"),
            ("address", "通信地址", "long", None, 300),
            ("postcode", "邮政编码", "text", None, 20),
        ),
    ),
)

FIELDS = {field.key: field for section in SECTIONS for field in section.fields}
SECTION = {section.key: section for section in SECTIONS}


def labels(keys: Iterable[str]) -> list[str]:
    """The words for some keys, in the order given; a key that is not here names itself."""
    return [FIELDS[key].label if key in FIELDS else key for key in keys]
