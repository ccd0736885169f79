"""What others may listen to (应办动态): sent inside the change's transaction."""

from django.dispatch import Signal

handed = Signal()
"""`duty`: another unit took it over, so that what a room keeps beside it goes along."""
settled = Signal()
"""`duty`: it was assigned, settled or taken back, so that counts beside the menu are counted anew."""
