"""Print (印制): what goes on paper, as PDF; no word of the trade.

`engine.pdf(template, data)` sets a template with data and the shipped typefaces. Data are data:
whatever stands in a text, it is never read as markup.
"""
