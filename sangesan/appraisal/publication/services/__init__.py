"""Changes of publication (公布): results put up, objected to, decided, put right."""

from .appealing import decide, file
from .checking import ask_check, check_basis
from .publishing import publish, publish_again, publish_period

__all__ = ["ask_check", "check_basis", "decide", "file", "publish", "publish_again", "publish_period"]
