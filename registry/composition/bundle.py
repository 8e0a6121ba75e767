"""An audit to take away: report, findings and lists, with digests and a signature to check them by."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask_babel import gettext as _

from registry.composition.report import Report
from registry.core.vault import Vault
from registry.printing.paper import pdf
from registry.printing.word import docx

SUMS, SIGNATURE, KEY = "SHA256SUMS", "SHA256SUMS.sig", "public.pem"


def bundle(report: Report, holding: Iterable[Any], vault: Vault, where: str) -> bytes:
    """A zip; `holding` are the rows of `bodies.queries.holding`, `where` the address of the public key."""
    audit = report.audit
    files: dict[str, bytes] = {
        f"{report.title}.pdf": pdf("audit", report.data()),
        f"{report.title}.docx": docx(report.document()),
        "findings.json": json.dumps(audit.as_json(), ensure_ascii=False, indent=1).encode(),
        str(_("任职名单.csv")): _lists(holding),
        "README.txt": _readme(report, where).encode(),
        KEY: vault.public_key.encode(),
    }
    files[SUMS] = _sums(files)
    files[SIGNATURE] = vault.witness(files[SUMS])
    return _zipped(files, audit.snapshot.day.timetuple()[:3])


def _lists(holding: Iterable[Any]) -> bytes:
    """Who governs on the day; with a mark at the front by which Excel knows the encoding."""
    out = StringIO()
    write = csv.writer(out)
    write.writerow(map(str, (_("机构"), _("职务"), _("姓名"), _("任职"), _("应届满"))))
    for row in holding:
        write.writerow((row.body, row.post, row.name, row.starts_on, row.planned_end_on or ""))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _readme(report: Report, where: str) -> str:
    lines = (
        report.title,
        report.subtitle,
        "",
        _("报告（PDF、Word）、逐条判定（findings.json，含算式、人员和依据）和当日的任职名单。"),
        _("核对有没有改动：sha256sum -c %(sums)s", sums=SUMS),
        _(
            "核对是不是本系统所出（公钥请从 %(where)s 取，或与本包的 %(key)s 比对）：",
            where=where,
            key=KEY,
        ),
        f"openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {SUMS} -sigfile {SIGNATURE}",
        "",
    )
    return "\n".join(map(str, lines))


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()


def _zipped(files: Mapping[str, bytes], day: tuple[int, int, int]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as pack:
        for name, content in files.items():
            entry = ZipInfo(name, (*day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            pack.writestr(entry, content)
    return out.getvalue()
