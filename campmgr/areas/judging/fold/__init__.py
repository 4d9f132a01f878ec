"""What fills the tables of judging and awards."""
