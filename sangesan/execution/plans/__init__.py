"""Plans (周作业计划) and daily reports (每日述职): drafted by the system, confirmed with one tap."""
