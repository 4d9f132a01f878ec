"""Pages: drafts begun, looked at, brought in or let go."""
