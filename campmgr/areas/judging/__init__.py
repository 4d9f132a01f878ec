"""Judging and awards of calls for works: rounds, judges, recusals, marks that stay closed until a round is opened, awards."""
