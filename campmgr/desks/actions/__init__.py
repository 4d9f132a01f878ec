"""Verbs: what is recorded when somebody presses a button."""
