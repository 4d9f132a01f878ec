"""What is recorded, how it counts, and how tables are folded from it."""
