"""From lines to headings, paragraphs and parts: what a careful editor would see."""
