"""Changes of rules (考核办法): drafted, decided by the workers' congress, put in force; then never changed."""

from .deciding import decide, enforce
from .drafting import discard, draft, put_in_force, redraft, require, switch_field
from .importing import begin, change, take
from .settling import link, settle
from .shipping import ship

__all__ = ["begin", "change", "decide", "discard", "draft", "enforce", "link", "put_in_force", "redraft", "require",
           "settle", "ship", "switch_field", "take"]
