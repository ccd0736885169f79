"""Pages of the handbooks (三册页面): the books, their signed pages, many copies at once."""
