"""Method (方法): the rules of the chapter in plain Python; no Django, no database, no network."""
