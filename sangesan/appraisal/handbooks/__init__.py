"""The three handbooks (三册): guides that fill themselves from facts, and print."""
