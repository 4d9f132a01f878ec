"""Moving segments between data files: packs on a stick now, HTTP later."""
