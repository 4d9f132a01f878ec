"""Rows of this data file alone: join codes, links to own pages, devices that spoke for somebody."""
