"""Typesetting: a sheet of `sheets/` with its data becomes a PDF, or a picture of its first page.

A sheet reads its data as `json(bytes(sys.inputs.data))`; whatever stands in a name is set as it is, for no
text is ever read as source. The families of the fonts are given along: `data.fonts.serif`, `data.fonts.sans`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from registry.config import ROOT
from registry.printing import fonts

PATIENCE = 120
"""Seconds; 10,000 names take about five."""


class NotSet(RuntimeError):
    """A sheet that could not be set, with the reason that the press gave."""


def pdf(sheet: str, data: Mapping[str, Any]) -> bytes:
    """A PDF/A of the sheet, its fonts embedded; plain PDF where a glyph is missing (see `fonts.missing`)."""
    return _press(sheet, data, {"format": "pdf"})


def png(sheet: str, data: Mapping[str, Any], ppi: int = 110) -> bytes:
    """The first page as a picture."""
    return _press(sheet, data, {"format": "png", "ppi": ppi})


def measure(sheet: str, data: Mapping[str, Any]) -> dict[str, int]:
    """On how many `pages` a table would stand, and which `row` would begin the last of them."""
    return dict(json.loads(_press(sheet, data, {"format": "measure"})))


def _press(sheet: str, data: Mapping[str, Any], how: Mapping[str, Any]) -> bytes:
    order = {"sheet": sheet, "data": {**data, "fonts": fonts.stacks()}, **how}
    done = subprocess.run(
        [sys.executable, "-m", "registry.printing.press"],
        input=json.dumps(order, ensure_ascii=False).encode(),
        capture_output=True,
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout
