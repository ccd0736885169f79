"""Decision system (决策系统): analysis, response, agreements, goals and central work; its rooms come next."""
