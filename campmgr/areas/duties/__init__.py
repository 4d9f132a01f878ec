"""Duties that people have in an activity, beside the roles of accounts: judge, correspondent, liaison; from when to when."""
