"""The press: a process of its own, so that the memory that typesetting takes is given back with its end.

Started by `paper`: reads one JSON object from its standard input and writes the file to its standard output.
Texts reach the sheet as data, never as source.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typst import Compiler, Fonts, TypstError

if TYPE_CHECKING:
    from typst import PDFStandard

SHEETS = Path(__file__).with_name("sheets")
_ARCHIVAL: PDFStandard = "a-2u"
"""PDF/A: every font is embedded, and the press refuses a text of which a glyph is missing."""
_NO_GLYPH = "could not be displayed"


def typeset(order: dict[str, Any]) -> bytes:
    """A PDF, as `png` its first page, or as `measure` what the sheet tells of itself."""
    path = SHEETS / f"{order['sheet']}.typ"
    inputs = {"data": json.dumps(order["data"], ensure_ascii=False)}
    if not path.exists():
        raise TypstError("no such sheet", order["sheet"])
    compiler = Compiler(path, root=SHEETS, font_paths=Fonts(), sys_inputs=inputs)
    if order["format"] == "measure":
        return compiler.query("<told>", field="value", one=True).encode()
    if order["format"] == "png":
        pages = compiler.compile(format="png", ppi=order["ppi"])
        return pages[0] if isinstance(pages, list) else pages or b""
    try:
        tagged = order["data"].get("tagged", True)
        return _bytes(compiler.compile(format="pdf", pdf_standards=_ARCHIVAL, pdf_tags=tagged))
    except TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        # Whoever prints has been told of what is missing; the rest is wanted all the same.
        return _bytes(compiler.compile(format="pdf"))


def _bytes(made: Any) -> bytes:
    return bytes(made)


def main() -> int:
    """Once around."""
    try:
        sys.stdout.buffer.write(typeset(json.load(sys.stdin.buffer)))
    except TypstError as error:
        sys.stderr.write(f"{error}\n{getattr(error, 'diagnostic', '')}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
