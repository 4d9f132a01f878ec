"""Where facts and tables are kept. The only room that imports sqlite3 and sqlite_utils."""
