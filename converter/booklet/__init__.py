"""Many texts, one volume."""
