"""Duties (应办事项): what somebody has to do by a date, wherever it came from; the lowest room of execution."""
