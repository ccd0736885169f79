"""Yearly focus (工作重点): the leading group, what the year is about, decided in a meeting and passed on."""
