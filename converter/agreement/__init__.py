"""Whether files say the same: the words and the headings of a DOCX, a PDF, an EPUB and the text they were made from.

said.py     what a document says, in one form for all formats
pdf.py      what a tagged PDF says
compare.py  the first difference between two of them

`verify` compares files, `said_in` gives what one of them says (docs/verify.md).
"""

from converter.agreement.compare import Difference, verify
from converter.agreement.said import Passage, said_in

__all__ = ["Difference", "Passage", "said_in", "verify"]
