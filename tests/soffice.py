"""LibreOffice as a reader of what we write: one headless process per batch, with a profile of its own."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Sequence
from itertools import count
from pathlib import Path

_SHOWN_AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,0"
"""Commas, double quotes around every text, UTF-8, cells as they are shown, the first sheet alone."""
_ALL_TEXT = "--infilter=CSV:44,34,76,1," + "/".join(f"{column}/2" for column in range(1, 100))
_PATIENCE = 120


class Office:
    """Opens files of one ending or many, and says what it read."""

    def __init__(self, folder: Path) -> None:
        """The folder holds the profile and whatever is converted."""
        self._folder, self._turns = folder, count()

    def tables(self, *files: Path) -> list[list[list[str]]]:
        """The first sheet of each file, as it is shown; of CSV every column is taken for text."""
        opened = (_ALL_TEXT,) if files[0].suffix == ".csv" else ()
        written = self._converted(files, _SHOWN_AS_TEXT, "csv", *opened)
        return [list(csv.reader(path.read_text("utf-8").splitlines(keepends=True))) for path in written]

    def texts(self, *files: Path) -> list[str]:
        """The text of each document."""
        return [
            path.read_text("utf-8-sig") for path in self._converted(files, "txt:Text (encoded):UTF8", "txt")
        ]

    def _converted(self, files: Sequence[Path], into: str, ending: str, *more: str) -> list[Path]:
        program = shutil.which("soffice")
        assert program, "LibreOffice is not there: .ci/needs test"
        out = self._folder / f"out-{next(self._turns)}"
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        fixed = [
            program,
            profile,
            "--headless",
            "--norestore",
            *more,
            "--convert-to",
            into,
            "--outdir",
            str(out),
        ]
        done = subprocess.run(
            [*fixed, *map(str, files)], capture_output=True, check=False, text=True, timeout=_PATIENCE
        )
        written = [out / file.with_suffix(f".{ending}").name for file in files]
        missing = [path.name for path in written if not path.exists()]
        assert not missing, (missing, done.stdout, done.stderr)
        return written
