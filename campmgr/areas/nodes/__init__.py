"""The laptops of a camp: enrolled, revoked, exchanging packs."""
