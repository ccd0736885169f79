"""Reads of the routines (制度查询)."""

from .completeness import owing
from .targets import paths_and_targets, targets_of
from .versions import (
    cadence_of,
    holding,
    in_force,
    latest,
    preview,
    routine_for,
    routines,
    shown,
    signs,
    state_of,
    without_steps,
)

__all__ = [
    "cadence_of", "holding", "in_force", "latest", "owing", "paths_and_targets", "preview", "routine_for", "shown",
    "routines", "signs", "state_of", "targets_of", "without_steps",
]
