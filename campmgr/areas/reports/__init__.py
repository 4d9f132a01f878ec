"""What offices report: roll-ups, lines by region, progress, rankings, who has not reported, circulars 通报."""
