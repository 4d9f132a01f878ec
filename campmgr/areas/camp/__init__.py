"""The camp itself: opened, and its rules amended."""
