"""What a circular says, without tables."""
