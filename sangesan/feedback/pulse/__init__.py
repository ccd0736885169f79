"""Pulse (民情): what is put out for all to see: answers without names, and months in figures."""
