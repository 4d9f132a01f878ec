"""The questions about works handed in."""
