"""What a fact is, as bytes. Pure: no storage, no clock."""
