"""Repairs: one rule a file, each from text to edits, by looking at neighbouring characters only."""
