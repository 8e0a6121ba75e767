"""A killed run leaves no server behind, and the next one clears its folders away."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from registry.config import ROOT
from tests import scratch

HOLDING = """
import time
from tests.postgres import cluster
with cluster() as server:
    print(server.folder, flush=True)
    time.sleep(600)
"""


def test_a_killed_run_leaves_no_server_and_no_folder():
    run = subprocess.Popen([sys.executable, "-c", HOLDING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with run:
        folder = Path(run.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        run.kill()
    until = time.monotonic() + 60
    while running(server) and time.monotonic() < until:
        time.sleep(0.1)
    assert not running(server)
    with scratch.folder():
        assert not folder.exists()


def running(pid):
    """A process that ended may still wait for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
