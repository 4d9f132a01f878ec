"""Units: the tree as people change it, and the reports that add up along it."""
