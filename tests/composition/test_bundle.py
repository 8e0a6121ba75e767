"""The audit to take away: complete, and checked with the tools that anybody has."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

from cryptography.hazmat.primitives.serialization import load_pem_public_key

BUNDLE = "/societies/bjcs/audit/bundle.zip"


def test_it_holds_report_findings_and_lists(sign_in):
    pack = ZipFile(BytesIO(sign_in("supervisor").get(BUNDLE).data))
    assert {name.rpartition(".")[2] for name in pack.namelist()} == {
        "pdf",
        "docx",
        "json",
        "csv",
        "txt",
        "pem",
        "SHA256SUMS",
        "sig",
    }
    told = json.loads(pack.read("findings.json"))
    assert {"society", "rule", "verdict", "citation"} <= told[0].keys()
    lists = pack.read("任职名单.csv").decode("utf-8-sig")
    assert "理事会,理事长,欧阳晓月,2023-05-01,2028-05-01" in lists.replace("北京星河计算机学会", "")


def test_digests_and_signature_prove_it(sign_in):
    pack = ZipFile(BytesIO(sign_in("staff").get(BUNDLE).data))
    sums = pack.read("SHA256SUMS")
    for line in sums.decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest
    load_pem_public_key(pack.read("public.pem")).verify(pack.read("SHA256SUMS.sig"), sums)


def test_a_supervisor_takes_no_births_away(sign_in):
    pack = ZipFile(BytesIO(sign_in("supervisor").get(BUNDLE).data))
    assert "1985" not in pack.read("findings.json").decode() + pack.read("任职名单.csv").decode()
