"""What others in this system may listen to (任免动态): sent inside the change's transaction."""

from django.dispatch import Signal

ending = Signal()
"""`appointment` is about to end on `day`; a listener may raise, unless `regardless` says that nothing is waited for.

`also` are the keys of others that end with it, at one stroke.
"""
