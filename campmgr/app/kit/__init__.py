"""The kit: a folder for a stick from which the program runs on a laptop without network, administrator or installation."""
