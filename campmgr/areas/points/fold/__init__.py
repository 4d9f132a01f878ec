"""What fills the tables of items, standings and bulletins."""
