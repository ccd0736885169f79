"""Meetings (会议): the record that fulfils a routine, its roster, its minutes, its decisions."""
