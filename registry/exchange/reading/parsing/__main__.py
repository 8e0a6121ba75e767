"""Parses what comes in by the standard input and answers by the standard output, under limits."""

from __future__ import annotations

import gc
import json
import os
import resource
import sys

from registry.exchange.reading.parsing.kinds import read, read_pasted
from registry.exchange.reading.sheets import Unreadable

LIMITS = {
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_CPU: 30,
    resource.RLIMIT_FSIZE: 96 << 20,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 16,
}
"""Bytes of memory, seconds, bytes of the answer; no dump that would hold the file, no doors to others."""


def main() -> None:
    """Answer with the sheets, or with the sentence that refuses them."""
    os.nice(5)
    gc.disable()
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    parse = read_pasted if sys.argv[1:] == ["text"] else read
    out = sys.stdout.buffer
    try:
        for part in parse(sys.stdin.buffer.read()).packed():
            out.write(part)
    except Unreadable as error:
        out.write(json.dumps({"refused": str(error)}).encode() + b"\n")
    except MemoryError:
        sys.exit(3)
    out.flush()


if __name__ == "__main__":
    main()
