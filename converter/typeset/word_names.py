"""Names of Word's styles, by which our files are written and read back (ECMA-376 §17.7.4.9)."""

from __future__ import annotations

from converter.model import Role

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
