"""Tables -> frozen page data. The only SQL that reads for people."""
