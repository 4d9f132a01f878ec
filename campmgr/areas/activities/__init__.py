"""What runs in this data file: activities of every sort, opened, amended and closed by whoever hosts them."""
