"""Talks, home visits, hardship help, condolence (谈心 家访 困难帮扶 慰问): need-to-know, no list of persons."""
