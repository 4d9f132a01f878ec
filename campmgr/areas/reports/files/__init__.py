"""A report as a table, which page, workbook and PDF all show."""
