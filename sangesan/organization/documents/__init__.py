"""Documents (公文与材料): the enterprise's Word templates, document numbers, and what was issued for good."""
