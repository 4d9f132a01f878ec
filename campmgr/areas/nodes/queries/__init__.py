"""The nodes of a camp, and how far its neighbours are."""
