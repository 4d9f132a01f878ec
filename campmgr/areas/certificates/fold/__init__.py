"""How facts become tables."""
