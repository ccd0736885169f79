"""What others in this system may listen to (任免动态): sent inside the change's transaction."""

from django.dispatch import Signal

ending = Signal()
"""`appointment` is about to end on `day`; a listener may raise, unless `regardless` says that nothing is waited for.

Where `single` is False, a listener may also raise because one alone would stay where there should be two (只剩一位).
`also` are the keys of others that end with it, at one stroke.
"""
entered = Signal()
"""`people` stand in the roster from now on, or under another name (人员入册): sent before any of them takes a post."""
appointed = Signal()
"""`appointments` were entered that cover days before today (补录任职): what came in since is looked at again.

`gone` held posts meanwhile by what was undone, and stand in no roster any more.
"""
