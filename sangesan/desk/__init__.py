"""Desk (工作台): today, to-do, search, help: pages that join several systems."""
