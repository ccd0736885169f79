"""Feedback system (反馈系统): what is heard, by whom it is handled, and how it is answered."""
