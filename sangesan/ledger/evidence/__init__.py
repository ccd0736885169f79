"""Evidence (佐证): the words that belong to a fact."""
