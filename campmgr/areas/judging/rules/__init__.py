"""What marks, rounds and assignments mean, without tables."""
