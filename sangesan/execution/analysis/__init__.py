"""Monthly analysis and quarterly discussion (月职工思想状况分析、季度座谈): topics in units, never persons."""
