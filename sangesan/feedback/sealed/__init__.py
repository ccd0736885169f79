"""Sealed matters (纪检监察信箱): closed in memory, opened with two keys, read in inspectors' browsers only."""
