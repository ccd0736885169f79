"""The part of a page that shows remarks (批示栏)."""
