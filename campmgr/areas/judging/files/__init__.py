"""Packs for judges, score sheets in and out, papers of awards."""
