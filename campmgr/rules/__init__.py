"""What a camp means: presets, hours, standings, words and masks. Pure; the standard library and the ground only."""
