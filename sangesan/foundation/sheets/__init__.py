"""Sheets (表格): the one import engine: read any workbook or CSV, check it, give it back with the errors."""
