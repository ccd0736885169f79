"""Shape of what is typed at the channels (输入格式)."""
