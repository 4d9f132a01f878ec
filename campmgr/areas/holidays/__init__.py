"""Which days of a year are off and which are worked, as the root tells it for everybody."""
