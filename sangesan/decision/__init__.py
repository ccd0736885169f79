"""Decision system (决策系统): the yearly focus; analysis, response, agreements, goals and central work come next."""
