"""What a check says."""

from __future__ import annotations

from converter.errors import Message
from converter.records import NamedTuple


class Finding(NamedTuple):
    """One departure from the standard."""

    code: str
    """Stable name of what was checked, as in `GW203`."""
    clause: str
    """Of GB/T 9704-2012, as in `7.3.1`."""
    subject: Message
    """What is meant: the title's face, the left margin."""
    wanted: Message
    found: Message
    paragraph: int | None = None
    """Which paragraph of the file, counted from 1 without those in tables; None for the page."""
    words: str = ""
    """How that paragraph begins."""
    fixable: bool = True
    """Whether `fix_docx` corrects it: what is a matter of words it leaves alone."""

    @property
    def message(self) -> Message:
        """All of it in one sentence."""
        return Message(
            f"{self.subject.en}: wanted {self.wanted.en}, found {self.found.en} (GB/T 9704-2012, {self.clause}).",
            f"{self.subject.zh}应为{self.wanted.zh}，实为{self.found.zh}（GB/T 9704-2012 第 {self.clause} 条）。",
        )

    def json(self) -> dict[str, object]:
        """The finding as plain data."""
        return {
            "code": self.code,
            "clause": self.clause,
            "paragraph": self.paragraph,
            "words": self.words,
            "subject": self.subject._asdict(),
            "wanted": self.wanted._asdict(),
            "found": self.found._asdict(),
            "message": self.message._asdict(),
            "fixable": self.fixable,
        }
