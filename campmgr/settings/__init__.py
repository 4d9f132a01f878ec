"""How a rule of the camp is declared, read, explained and shown; word lists."""
