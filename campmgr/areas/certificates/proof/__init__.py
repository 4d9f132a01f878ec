"""What can be checked with no network."""
