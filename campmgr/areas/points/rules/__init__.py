"""What the notice's rules make of items, adoptions, weeks and totals: pure, so that a changed rule is a preview."""
