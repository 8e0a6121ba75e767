"""Files that mean harm, or are not what they say."""

from __future__ import annotations

import io
import struct
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from tests.exchange.making import PLAIN, altered, docx, html, ods, xls, xlsx, zipped


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


def shared() -> bytes:
    """A workbook whose texts stand in a table of strings, as Excel writes it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(PLAIN):
            sheet.write_row(number, 0, row)
    return out.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LAUGHS = "<!DOCTYPE a [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def with_member(content: bytes, member: str, part: bytes) -> bytes:
    """A package with one member put in the place of another."""
    return altered(content, lambda name, before: part if name == member else before)


def cells(content: str) -> bytes:
    """A workbook whose sheet holds this XML for its rows."""
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_member(shared(), SHEET, f"{start}{content}</sheetData></worksheet>".encode())


def lying_bomb(member: str = SHEET) -> bytes:
    """A member that unpacks to 100 MB and says that it is small."""
    space = b" " * (100 << 20)
    content = bytearray(with_member(shared(), member, b"<?xml version='1.0'?>" + space))
    size = struct.pack("<I", len(space) + 21)
    for _ in range(content.count(size)):
        place = content.index(size)
        content[place : place + 4] = struct.pack("<I", 100)
    return bytes(content)


def laughing(content: bytes, member: str) -> bytes:
    """Entities of entities of entities, which would fill the memory many times."""
    return altered(
        content,
        lambda name, part: (
            LAUGHS.encode() + b"]>" + part.partition(b"?>")[2].replace(b"<t>", b"<t>&a9;")
            if name == member
            else part
        ),
    )


def outside_entity() -> bytes:
    """An entity that is a file of the server."""
    declared = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return altered(
        ods([["姓名"], ["&a;"]]), lambda name, part: declared + part if name == "content.xml" else part
    )


def long_string(times: int) -> bytes:
    """A text of 10 MB, and so many cells that hold it."""
    start = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times + 1))
    text = f"{start}{'王' * (10 << 20)}</t></si></sst>"
    return with_member(cells(rows), STRINGS, text.encode())


def followed(rows: bytes) -> bytes:
    """An `.ods` with more rows after its own."""
    end = b"</table:table>"
    return altered(
        ods([["姓名"]]),
        lambda name, part: part.replace(end, rows + end) if name == "content.xml" else part,
    )


def repeated() -> bytes:
    """An `.ods` with one value in every cell there can be."""
    return followed(
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"'
        b' table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


def encrypted_member() -> bytes:
    """A package whose members say that they are encrypted."""
    content = bytearray(xlsx(PLAIN))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(sign)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(sign, place + 4)
    return bytes(content)


def locked_ods() -> bytes:
    return altered(
        ods(PLAIN),
        lambda name, part: (
            part.replace(b"/>", b"><manifest:encryption-data/></manifest:file-entry>", 1)
            if name.endswith("manifest.xml")
            else part
        ),
    )


def locked_xls() -> bytes:
    """The record of the code page made that of a password."""
    return xls(PLAIN).replace(b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00", 1)


def container(stream: str) -> bytes:
    """An OLE container that holds a stream of this name."""
    content = bytearray(xls(PLAIN))
    place = content.index("Workbook".encode("utf-16-le"))
    content[place : place + 64] = stream.encode("utf-16-le").ljust(64, b"\0")
    content[place + 64] = 2 * len(stream) + 2
    return bytes(content)


def archive_of_a_roster() -> bytes:
    return zipped({"名册/会员.xlsx": xlsx(PLAIN)})


def endless_cells() -> bytes:
    """An `.ods` of millions of empty cells, each of which must be looked at."""
    row = b"<table:table-row>" + b"<table:table-cell/>" * 1000 + b"</table:table-row>"
    return followed(row * 8000)


def at_war() -> bytes:
    """Lines of two encodings in one file."""
    return "姓名,单位\n孙志远,燕山大学\n".encode("gb18030") * 50 + "周晓梅,清河医院\n".encode() * 50


def spans() -> bytes:
    """Cells of a web page, each over millions of others."""
    return html([["<td rowspan=200000 colspan=200>x"] * 50]).encode()


HOSTILE = {
    "a bomb by its own word": (bomb, "太大"),
    "a bomb that lies": (lying_bomb, "损坏|限度"),
    "a bomb of strings that lies": (lambda: lying_bomb(STRINGS), "损坏|限度"),
    "laughing entities": (lambda: laughing(shared(), STRINGS), "损坏"),
    "laughing entities of an ods": (lambda: laughing(ods(PLAIN), "content.xml"), "损坏"),
    "laughing entities of Word": (lambda: laughing(docx(PLAIN), "word/document.xml"), "损坏"),
    "an entity from outside": (outside_entity, "损坏"),
    "a cell at the far end": (far_cell, "超过"),
    "a million columns": (("姓名," * 1_000_000).encode, "超过 200 列"),
    "a million cells in a row": (lambda: cells(f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>"), "超过 200 列"),
    "a million rows": (("王富\n" * 1_000_000).encode, "超过 200000 行"),
    "a value in every cell": (repeated, "损坏|超过"),
    "a cell of 10 MB": (lambda: long_string(2), "第 1 行有一格超过 32767 个字"),
    "thousands of cells of 10 MB": (lambda: long_string(5000), "限度"),
    "a cell of 10 MB in a text": (("姓名\n" + "王" * (10 << 20)).encode, "一格太长"),
    "an open quote": (('姓名\n"' + "王,\n" * 90_000).encode, "引号"),
    "null bytes": ("姓名,单位\n孙\0志远,燕山大学\n".encode, "看不出"),
    "encodings at war": (at_war, "从第 (1|51) 行起不是 UTF-8"),
    "a mark that lies": (lambda: b"\xff\xfe" + "姓名\n孙志远\n".encode("gb18030") + b"x", "里面的文字却不是"),
    "cells over millions of others": (spans, "限度|超过"),
    "a password on xlsx": (locked, "密码"),
    "a password on zip": (encrypted_member, "密码"),
    "a password on xls": (locked_xls, "密码"),
    "a password on ods": (locked_ods, "密码"),
    "macros": (macros, "宏"),
    "macros of the old form": (lambda: container("_VBA_PROJECT_CUR"), "宏"),
    "macros of an ods": (lambda: zipped({"content.xml": "", "Basic/Standard/a.xml": ""}), "宏"),
    "an old Word document": (lambda: container("WordDocument"), "Word"),
    "an archive": (archive, "压缩包"),
    "an archive with a roster in it": (archive_of_a_roster, "请解压后上传"),
    "an archive with nothing in it": (lambda: zipped({}), "压缩包|损坏|看不出"),
    "a binary workbook": (lambda: zipped({"xl/workbook.bin": "x"}), "xlsb"),
    "a presentation": (lambda: zipped({"ppt/presentation.xml": "x"}), "演示文稿"),
    "a text of OpenDocument": (lambda: zipped({"mimetype": "x", "content.xml": "<a/>"}), "不是电子表格"),
    "a Word document without tables": (lambda: zipped({"word/document.xml": "<a/>"}), "没有表格"),
    "a web page without tables": (lambda: b"<html><table></table>", "没有表格"),
    "a PDF": (lambda: b"%PDF-1.7\n\x00", "PDF"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "图片"),
    "a program": (lambda: b"MZ\x90\x00\x03", "程序"),
    "XML of 2003": (lambda: b"<?xml version='1.0'?><Workbook/>", "XML"),
    "half a workbook": (lambda: xlsx(PLAIN)[:3000], "损坏"),
    "half an old workbook": (lambda: xls(PLAIN)[:900], "损坏"),
    "half an ods": (lambda: ods(PLAIN)[:900], "损坏"),
    "a workbook without its sheet": (
        lambda: altered(xlsx(PLAIN), lambda name, part: None if name == SHEET else part),
        "损坏|没有内容",
    ),
    "nothing but zeros": (lambda: b"\0" * 5000, "空的"),
}
"""By what they are: how they are made, and what must be said of them."""
