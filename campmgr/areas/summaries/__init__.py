"""What units hand in at the end."""
