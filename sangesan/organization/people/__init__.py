"""People (人员): persons, posts and appointments; the scope of a person."""
