"""Facts about characters and bytes. Nothing here knows what a document is."""
