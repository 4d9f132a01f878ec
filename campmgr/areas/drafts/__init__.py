"""Drafts: what a laptop records while it waits to be taken in, in a data file of its own, and how it becomes facts of the camp."""
