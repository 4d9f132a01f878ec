"""Rows of this data file alone: rosters printed on paper, pictures beside declarations."""
