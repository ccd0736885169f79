"""Traces (出错痕迹): where something failed and what kind of fault it was, never its words.

What a fault says may repeat what somebody wrote: `Key (…)=(…) already exists`, `syntax error near "…"`.
"""

from __future__ import annotations

import logging
import os
import traceback

OURS = (AttributeError, ImportError, NameError, TypeError)
"""Their words are about the code (代码的错) and tell of nothing else."""


class Plain(logging.Formatter):
    """Lines of the log (日志格式)."""

    def formatException(self, ei) -> str:
        """Return the trace of a fault (出错痕迹), those it came from first."""
        fault, chain = ei[1], []
        while fault is not None and fault not in chain:
            chain.append(fault)
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join("".join(traceback.format_tb(each.__traceback__)) + told(each) for each in reversed(chain))


def told(fault: BaseException) -> str:
    """Return the kind of a fault (错误种类) with its number, where the system or the database has one for it.

    >>> told(ValueError("what somebody wrote")), told(OSError(28, "x", "/a/file")), told(NameError("no name"))
    ('ValueError', 'OSError No space left on device', 'NameError no name')
    """
    number = getattr(fault, "sqlstate", "") or getattr(fault, "sqlite_errorname", "")
    if isinstance(fault, OSError) and fault.errno:
        number = os.strerror(fault.errno)
    return f"{type(fault).__name__} {fault if isinstance(fault, OURS) else number or ''}".strip()
