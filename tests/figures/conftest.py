"""What the tests of figures read by."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def read():
    """What is read on a page: its main part without marks, blanks made one."""

    def read(answer) -> str:
        assert answer.status_code == 200
        main = answer.get_data(as_text=True).split("<main", 1)[1].split("</main>", 1)[0]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))

    return read
