"""What fills the tables of works, of what becomes of them, and of batches."""
