"""The pages of judging: the office's, an open round's, and a judge's own."""
