"""What may be typed on the way of an import."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FileField, TextAreaField

from registry.exchange.answers import Answers, Words
from registry.exchange.judging.matching import ANOTHER
from registry.exchange.judging.told import FILE, REGISTER
from registry.exchange.reading.headings import targets
from registry.exchange.services import Choose
from registry.people.fields import SECTIONS

_LONGEST = 500
ACCEPTED = ".xlsx,.xls,.ods,.csv,.tsv,.txt,.docx,.html,.htm"

_MEMBER = {
    "number": _("会员编号"),
    "category": _("会员类别"),
    "branch": _("分支机构"),
    "starts_on": _("入会日期"),
    "state": _("会籍状态"),
    "remark": _("备注"),
}
_DOCUMENT = {
    "document_kind": _("证件类型"),
    "document_number": _("证件号码"),
    "document_country": _("证件签发国家"),
}
_TWO_IN_ONE = {
    "employer_position": _("工作单位及职务"),
    "position_title": _("职务/职称"),
    "education_degree": _("学历/学位"),
    "phone_email": _("电话和邮箱"),
    "region_nationality": _("国籍（地区）"),
}


class UploadForm(FlaskForm):  # type: ignore[misc]
    """The file, or a table pasted in its place."""

    file = FileField(_("名册文件"), render_kw={"accept": ACCEPTED})
    text = TextAreaField(_("粘贴的表格"), render_kw={"rows": 6, "spellcheck": "false"})


def target_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column may be taken for, in groups as a select shows them."""
    groups = [(gettext("会籍"), _words(_MEMBER)), (gettext("证件"), _words(_DOCUMENT))]
    groups += [
        (gettext(section.label), [(spec.key, gettext(spec.label)) for spec in section.fields])
        for section in SECTIONS
    ]
    return [*groups, (gettext("一列两项"), _words(_TWO_IN_ONE))]


def _words(labels: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(key, str(label)) for key, label in labels.items()]


def read_choice(form: Mapping[str, str]) -> Choose:
    """Sheet, header and columns as typed; with another sheet or header the columns are recognised anew."""
    sheet, header = _whole(form.get("sheet")), _whole(form.get("header")) - 1
    same = (form.get("sheet"), form.get("header")) == (form.get("shown_sheet"), form.get("shown_header"))
    if not same or form.get("deed") == "recognise":
        moved = form.get("sheet") != form.get("shown_sheet")
        return Choose(sheet, None if moved else header)
    known = set(targets())
    width = _whole(form.get("width"))
    chosen = (form.get(f"column-{index}", "") for index in range(min(width, 1000)))
    return Choose(sheet, header, tuple(target if target in known else "" for target in chosen))


def read_answers(form: Mapping[str, str]) -> Answers:
    """The clerk's word on rows and cells.

    `row-7` → a person's id, `new`, or empty; `cell-7-2` → the text of column 2, where `was-7-2` differs;
    `same-0` → the word for the text `text-0` wherever it stands in column `column-0`;
    `take-7-2` → whose word counts where file and register differ, `emptied-2` wherever column 2 was emptied.
    """
    decisions: dict[str, str] = {}
    emptied: dict[str, str] = {}
    cells, same, took = Words(), Words(), Words()
    for name, typed in form.items():
        kind, _dash, rest = name.partition("-")
        value, row, column = typed.strip()[:_LONGEST], *_place(rest)
        if kind == "row" and row and (value.isdigit() or value in {"", ANOTHER}):
            decisions[row] = value
        elif kind == "cell" and column and value != form.get(f"was-{rest}", "").strip():
            cells.setdefault(row, {})[column] = value
        elif kind == "take" and column and value in {"", FILE, REGISTER}:
            took.setdefault(row, {})[column] = value
        elif kind == "emptied" and row and value in {"", FILE, REGISTER}:
            emptied[row] = value
        elif kind == "same" and value and (text := form.get(f"text-{rest}")):
            same.setdefault(str(_whole(form.get(f"column-{rest}"))), {})[text] = value
    return Answers(decisions, cells, same, took, emptied)


def _place(rest: str) -> tuple[str, str]:
    """`7-2` → row and column, each empty where it is no number."""
    row, _dash, column = rest.partition("-")
    return row if _is_whole(row) else "", column if _is_whole(column) else ""


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8  # noqa: PLR2004


def _whole(text: str | None) -> int:
    return int(text) if text and _is_whole(text) else 0
