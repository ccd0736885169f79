"""Wiring (接线): settings, urls, menu, the table of doors. Nobody imports it."""
