"""Publicity (宣传引导): plans with places and ready text, notices handed down, the pre-shift sheet, 队务公开."""
