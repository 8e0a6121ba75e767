"""Files that mean harm, or are not what they say."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

from tests.exchange.making import PLAIN, altered, xlsx, zipped


def bomb() -> bytes:
    """A workbook that unpacks to more than a gigabyte... by its own word."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/sharedStrings.xml", "w", force_zip64=True) as member:
            for _ in range(320):
                member.write(b" " * 2**20)
    return out.getvalue()


def far_cell() -> bytes:
    """One cell at the far end of the sheet, which a dense table would need terabytes for."""
    rows = [["姓名"], ["孙志远"]]
    return xlsx(rows, lambda sheet: sheet.cell(1_048_576, 16_384, "x"))


def doctype() -> bytes:
    """Entities that multiply."""
    declared = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]>'

    def change(name: str, content: bytes) -> bytes:
        return declared + content.partition(b"?>")[2] if name == "xl/worksheets/sheet1.xml" else content

    return altered(xlsx(PLAIN), change)


def macros() -> bytes:
    out = io.BytesIO(xlsx(PLAIN))
    with ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def archive() -> bytes:
    return zipped({"会员.txt": "x"})


def locked() -> bytes:
    """The beginning of what Excel writes under a password."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 504
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 512
    )
