"""What others in this system may listen to (事项动态): sent inside the change's transaction."""

from django.dispatch import Signal

moved = Signal()
"""`matter`, `action` (a step of method.lifecycle), `scope` (None for the speaker and the system)."""
