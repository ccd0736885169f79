"""Matters (职工事项): the life of a matter from heard to closed."""
