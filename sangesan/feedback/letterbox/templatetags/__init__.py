"""Tags of the outside letterbox (外部信箱的标签)."""
