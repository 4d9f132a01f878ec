"""What is done to rounds, judges, assignments, marks and awards."""
