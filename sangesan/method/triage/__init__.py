"""Triage help (分办辅助): a category suggested with a probability, or an honest “I do not know”.

A linear model over words and pairs of characters; trained by a job or on the command line, kept
as arrays and JSON, applied with numpy alone. A person always decides.
"""

from .model import Model, Suggestion
from .reading import Said

__all__ = ["Model", "Said", "Suggestion"]
