"""Changes of the networks (联络网维护): nodes join and leave, names are posted, a thing passes on."""

from .nodes import join, leave, post_names, revise
from .passings import pass_on, take_up
from .sheet import take, template

__all__ = ["join", "leave", "pass_on", "post_names", "revise", "take", "take_up", "template"]
