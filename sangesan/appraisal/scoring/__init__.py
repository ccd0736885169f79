"""Scoring (核算): runs and scores over facts."""
