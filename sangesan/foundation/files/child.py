"""The process that reads foreign documents (读文件的进程): bounded first, then fed from the pipe."""

from __future__ import annotations

import resource
import sys

from sangesan.foundation import parcels

from . import pdf, word
from .refusing import Refused

MEMORY = 1 << 30
SECONDS = 20


def bound() -> None:
    """Take so much memory and time, write no file, start nothing (限制自身)."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0),
                       (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def main(kind: str) -> None:
    """Read from the pipe, rebuild, answer on the pipe (重建)."""
    made = {"pdf": pdf.rebuild, "docx": word.rebuild}[kind]
    bound()
    try:
        content, pages, words = made(sys.stdin.buffer.read())
        answer = parcels.pack({"pages": pages, "words": words}, [content])
    except Refused as why:
        answer = parcels.pack({"why": str(why)})
    except MemoryError:
        answer = parcels.pack({"why": "large"})
    except Exception:  # a reader that is fed hostile bytes may raise anything
        answer = parcels.pack({"why": "broken"})
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(sys.argv[1])
