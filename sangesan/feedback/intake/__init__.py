"""Intake (受理渠道): every channel through which a word comes in."""
