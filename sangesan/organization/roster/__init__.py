"""Roster (花名册): the organisation from one workbook, checked, taken in, undone."""
