"""Working calendar (工作日历): confirmed days and shifts."""
