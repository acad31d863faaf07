"""Names of Word's styles and of its fonts, by which our files are written and read back (ECMA-376 §17.7.4.9)."""

from __future__ import annotations

from converter.model import Role
from converter.typeset.theme import Face

ROLE_STYLES = {
    # role: (w:name, w:styleId)
    Role.BODY: ("Body Text", "BodyText"),
    Role.LETTERHEAD: ("Letterhead", "Letterhead"),
    Role.DOCUMENT_NUMBER: ("Document Number", "DocumentNumber"),
    Role.SUBTITLE: ("Subtitle", "Subtitle"),
    Role.BYLINE: ("Byline", "Byline"),
    Role.SALUTATION: ("Salutation", "Salutation"),
    Role.LIST_ITEM: ("List Paragraph", "ListParagraph"),
    Role.CLOSING: ("Closing", "Closing"),
    Role.SIGNATURE: ("Signature", "Signature"),
    Role.DATE: ("Date", "Date"),
    Role.NOTE: ("Note", "Note"),
    Role.ATTACHMENT: ("Attachment", "Attachment"),
    Role.IMPRINT: ("Imprint", "Imprint"),
    Role.CREDIT: ("Credit", "Credit"),
    Role.VERSE: ("Verse", "Verse"),
    Role.SPEAKER: ("Speaker", "Speaker"),
}

HAN_FONTS = {
    # face: (simplified, traditional), by the names under which Windows installs them
    Face.SONG: ("宋体", "新細明體"),
    Face.XIAOBIAOSONG: ("方正小标宋简体", "新細明體"),
    Face.HEI: ("黑体", "微軟正黑體"),
    Face.KAI: ("楷体", "標楷體"),
    Face.FANGSONG: ("仿宋", "標楷體"),
}
