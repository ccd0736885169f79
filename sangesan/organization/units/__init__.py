"""Units (单位): the dated tree of administrative units and of the lines."""
