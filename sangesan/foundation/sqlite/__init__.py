"""SQLite that is written fairly (公平写入的 SQLite): Django's own backend with a queue in front of it."""
