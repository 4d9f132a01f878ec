"""Spreadsheets in, papers and lists out, QR codes; no word of a camp."""
