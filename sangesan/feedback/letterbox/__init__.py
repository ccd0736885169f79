"""The outside letterbox (外部信箱): a second site that can only write; and how its letters come in."""
