"""Items that units report, their points and where they were adopted; quotas, venues, bulletins: a notice on correspondents."""
