"""Document to document: script conversion and the like."""
