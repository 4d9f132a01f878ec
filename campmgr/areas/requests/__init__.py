"""What a unit asks the office above to do, since it may not do it itself, and what became of it."""
