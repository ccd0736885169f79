"""Foundation (底座): clock, door, sheets, files, jobs, base layout; no word of the trade."""
