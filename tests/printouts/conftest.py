"""Printed files, read back."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

PRINT = "/societies/bjcs/print"


@pytest.fixture
def pdf(sign_in):
    """The text of a printed PDF without its white space, page by page."""

    def read(where, who="staff"):
        answer = sign_in(who).get(f"{PRINT}/{where}")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.text[:400]
        return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.data)).pages]

    return read


@pytest.fixture
def word(sign_in):
    """The rows of the table of a printed Word file, and its paragraphs."""

    def read(where, who="staff"):
        answer = sign_in(who).get(f"{PRINT}/{where}")
        assert answer.status_code == 200
        document = docx.Document(BytesIO(answer.data))
        rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        return rows, [paragraph.text for paragraph in document.paragraphs]

    return read
