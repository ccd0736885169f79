"""Inspection and rectification (督察整改): walk-rounds, checklists, findings, orders, verification."""
