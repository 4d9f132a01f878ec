"""Prize lists: frozen, amended, put up, objected to."""
