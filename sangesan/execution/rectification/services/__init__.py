"""Changes of inspection and rectification (督察整改变更)."""

from .checklists import keep, stop
from .figures import take_figures
from .inspecting import find, inspect
from .moving import ask, decide
from .rectifying import done, name, verify

__all__ = ["ask", "decide", "done", "find", "inspect", "keep", "name", "stop", "take_figures", "verify"]
