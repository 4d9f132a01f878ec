"""Who may log in, with which role, for which unit."""
