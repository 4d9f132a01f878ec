"""Lessons, marks and conditions: how minutes become class-hours."""
