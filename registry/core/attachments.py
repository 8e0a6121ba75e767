"""Small files that prove something: which kinds are taken, and how large."""

from __future__ import annotations

from pathlib import PurePath

from registry.core.errors import RuleBroken

LARGEST = 1024 * 1024
_KINDS = {
    "pdf": b"%PDF",
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "docx": b"PK\x03\x04",
}


def checked(filename: str, content: bytes) -> str:
    """The name to keep the file under; raises `RuleBroken` unless it begins as its name says."""
    name = PurePath(filename.replace("\\", "/")).name[-200:]
    if not name or not content:
        raise RuleBroken("请选择一个文件", "file")
    if len(content) > LARGEST:
        raise RuleBroken("文件超过 1 MB；请只写明文号和题名，原件另存", "file")
    begins = _KINDS.get(PurePath(name).suffix.lower().lstrip("."))
    if begins is None or not content.startswith(begins):
        raise RuleBroken("只收 PDF、Word（.docx）、PNG 和 JPEG 文件", "file")
    return name
