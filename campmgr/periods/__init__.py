"""Weeks, months, quarters and years, working days and deadlines in China time: what notices count by, whatever they are about."""
