"""The commands of this area."""
