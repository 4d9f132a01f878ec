"""The whole: the application, the command tree, serving, upkeep of the data file."""
