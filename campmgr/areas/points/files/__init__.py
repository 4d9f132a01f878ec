"""The notice's forms, and the spreadsheets that come back."""
