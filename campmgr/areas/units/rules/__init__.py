"""Pure rules about units: what a preset brings along, and what becomes of a sheet that comes back."""
