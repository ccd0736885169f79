"""Changes of inspection and rectification (督察整改变更)."""

from .checklists import keep, stop
from .figures import keep_figures, take_figures
from .inspecting import find, inspect
from .moving import ask, decide
from .rectifying import done, name, verify
from .sheeting import take_workbook
from .taking import deliver, take_findings

__all__ = [
    "ask", "decide", "deliver", "done", "find", "inspect", "keep", "keep_figures", "name", "stop", "take_figures",
    "take_findings", "take_workbook", "verify",
]
