"""Writers: one module or package a format, all with one skeleton: write, document_to_x, block_to_x, inline_to_x."""
