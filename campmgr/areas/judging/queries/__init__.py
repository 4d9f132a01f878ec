"""What is asked of rounds, judges, recusals, marks and awards."""
