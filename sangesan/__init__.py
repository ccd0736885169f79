"""三个三: the method of the chapter as software an enterprise runs every day."""
