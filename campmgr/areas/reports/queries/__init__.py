"""Questions: what the pages, tables and circulars of this area show."""
