"""What is told of items, standings and bulletins, and the two lists with fields."""
