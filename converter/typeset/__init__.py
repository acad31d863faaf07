"""The rules of the page, shared by the writers: themes, faces, line breaking, punctuation widths."""
