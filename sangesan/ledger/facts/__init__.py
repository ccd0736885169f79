"""Facts (台账条目): the only writer, the seals, and verification."""
