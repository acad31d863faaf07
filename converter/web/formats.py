"""What can be asked for: formats with their options, themes, scripts, and the limits."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import TYPE_CHECKING, Any

from converter.options import option_fields
from converter.plugins import readers, writers
from converter.text.script import Script
from converter.typeset.themes import THEMES

if TYPE_CHECKING:
    from converter.options import OptionField
    from converter.web.settings import Settings


def formats(settings: Settings) -> dict[str, Any]:
    """The answer of `GET /v1/formats`, ready for JSON. A plugin that does not load has a `problem`."""
    return {
        "writers": [
            {
                "name": found.name,
                "origin": found.origin,
                **(
                    {
                        "media_type": found.plugin.media_type,
                        "suffix": found.plugin.suffix,
                        "options": [option_json(field) for field in option_fields(found.plugin.options_type)],
                    }
                    if found.plugin
                    else {"problem": found.problem}
                ),
            }
            for found in writers()
        ],
        "readers": [
            {
                "name": found.name,
                "origin": found.origin,
                **(
                    {"media_types": list(found.plugin.media_types), "suffixes": list(found.plugin.suffixes)}
                    if found.plugin
                    else {"problem": found.problem}
                ),
            }
            for found in readers()
        ],
        "themes": list(THEMES),
        "scripts": [script.value for script in Script],
        "limits": dataclasses.asdict(settings),
    }


def option_json(field: OptionField) -> dict[str, Any]:
    """One option: its name, what it takes, its default, and what it does."""
    choices = [member.value for member in field.kind] if issubclass(field.kind, Enum) else None
    return {
        "name": field.name,
        "type": "choice" if choices else {bool: "yes or no", int: "integer", float: "number", str: "text"}[field.kind],
        **({"choices": choices} if choices else {}),
        "default": getattr(field.default, "value", field.default),
        "help": field.help.en,
        "help_zh": field.help.zh,
    }
