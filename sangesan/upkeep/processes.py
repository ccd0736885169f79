"""Child processes (子进程): started together, watched, stopped together, dead with their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_PR_SET_PDEATHSIG = 1
PATIENCE = 15  # seconds a child may take to stop
TIRED = 5  # falls within a minute after which a process is given up


@dataclass
class Child:
    """A process to keep (子进程); `once` means it may end by itself."""

    name: str
    command: list[str]
    once: bool = False
    process: subprocess.Popen | None = None
    falls: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            self.command, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=_die_with_parent,
        )

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def keep(children: list[Child], say: Callable[[str], None], started: Callable[[], None] = lambda: None) -> int:
    """Keep the children running (看护) until SIGINT or SIGTERM; return the exit code.

    A fallen child is started again; one that falls TIRED times within a minute ends everything,
    for a half-working system is worse than a stopped one.
    """
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: stopping.append(got))
    code = 0
    try:
        for child in children:
            child.start()
        started()
        while not stopping and not code:
            time.sleep(0.3)
            code = max(_look_after(child, say, bool(stopping)) for child in children)
    finally:
        _stop(children)
    return code


def _look_after(child: Child, say: Callable[[str], None], stopping: bool) -> int:
    """Start a fallen child again; return 1 when it must be given up."""
    process = child.process
    if stopping or process is None or process.poll() is None:
        return 0
    if child.once:
        child.process = None
        if process.returncode:
            say(f"{child.name}没有做完（退出码 {process.returncode}），下次启动时继续。")
        return 0
    now = time.monotonic()
    child.falls = [at for at in child.falls if now - at < 60] + [now]
    if len(child.falls) >= TIRED:
        say(f"{child.name}一分钟内停了 {TIRED} 次，不再重启。原因见上面的输出。")
        return 1
    say(f"{child.name}意外停止（退出码 {process.returncode}），正在重新启动。")
    child.start()
    return 0


def _stop(children: list[Child]) -> None:
    for child in children:
        child.stop()
    until = time.monotonic() + PATIENCE
    for child in children:
        child.wait(until)


def _die_with_parent() -> None:
    """Ask Linux to end this child when its parent dies; elsewhere the parent's own signals must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
