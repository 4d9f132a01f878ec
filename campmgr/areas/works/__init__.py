"""Works and their likes: read, matched, looked at, ranked."""
