"""What pages and commands ask; docs/points.md names each page's query."""
