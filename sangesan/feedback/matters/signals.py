"""What others in this system may listen to (事项动态): sent inside the change's transaction."""

from django.dispatch import Signal

accused = Signal()
"""`matters` (all that turned out to be an accusation, joined ones first): the sealed room takes them over."""
cleared = Signal()
"""`matters`: their time is over; whoever keeps anything drawn from their words drops it."""
nameless = Signal()
"""`matters` (keys): a speaker of theirs has the name erased now; whoever keeps words to be put out covers it first."""
handed_in = Signal()
"""`words` (of documents handed in with a step, kept nowhere): whoever keeps keys answers whom they shut out (ids)."""
moved = Signal()
"""`matter`, `action` (a step of method.lifecycle), `scope` (None for the speaker and the system)."""
