"""What files are found to be, and the spreadsheets and papers of a batch."""
