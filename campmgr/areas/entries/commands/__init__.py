"""`campmgr entry` and its reports."""
