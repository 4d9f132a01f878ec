"""Pages, commands and questions that look at several areas at once: own page, a person, a unit's desk, the office."""
