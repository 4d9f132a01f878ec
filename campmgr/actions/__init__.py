"""The verbs: check, append, re-fold, return the new truth. Every action takes the writer it works in."""
