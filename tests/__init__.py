"""Tests (测试): they mirror `sangesan/`; a test's name is the rule it proves."""
