"""YAML front matter at the top of a Markdown file, and the metadata that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.model import Metadata, plain

if TYPE_CHECKING:
    from converter.readers.growing import Growing

_LONGEST = 1 << 16
"""Characters of front matter that are read."""


def front_matter(content: str) -> dict[str, Any]:
    """What the YAML at the top says; nothing where it is none."""
    import yaml

    try:
        # Every scalar as the string that it is, no type that could do anything.
        found = yaml.load(content[:_LONGEST], Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings only
    except (yaml.YAMLError, ValueError):
        return {}
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


def metadata_of(known: dict[str, Any], growing: Growing) -> Metadata:
    """The metadata, with the title that the text says first; that heading is none then."""

    def one(name: str) -> str:
        value = known.get(name)
        return value if isinstance(value, str) else ""

    def several(*names: str) -> tuple[str, ...]:
        value = next((known[name] for name in names if known.get(name)), ())
        found = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(item for item in found if isinstance(item, str))

    title = one("title")
    if title or "title" not in known:
        title = plain(growing.take_title(title)) or title
    return Metadata(
        title=title,
        subtitle=one("subtitle"),
        authors=several("author", "authors"),
        date=one("date"),
        subject=one("subject") or one("description"),
        publisher=one("publisher"),
        edition=one("edition"),
        keywords=several("keywords", "tags"),
        source=one("source"),
        number=one("number"),
    )
