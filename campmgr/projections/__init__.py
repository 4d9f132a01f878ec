"""Ledger -> tables. Every table family is a fold over all facts of its subjects in total order (design 2.4)."""
