"""Changes of publication (公布): results put up, objected to, decided, put right."""

from .appealing import decide, file
from .publishing import publish, publish_again, publish_period

__all__ = ["decide", "file", "publish", "publish_again", "publish_period"]
