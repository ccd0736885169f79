"""Organisation network (组织网络): units, lines, people, posts, calendar, notices."""
