"""The pages of units that report, of those who look at items, and of the office that hosts."""
