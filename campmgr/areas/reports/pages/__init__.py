"""Pages of the office about reports."""
