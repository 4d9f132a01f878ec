"""What every command needs: the opened file, tables, JSON, errors."""
