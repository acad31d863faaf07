"""What OpenAPI shows of requests and answers: one example of each shape in `schemas.py`, from one short text."""

from __future__ import annotations

import base64
from typing import Any

from converter.errors import Message
from converter.version import __version__
from converter.web.problems import KINDS, problem

TEXT = "关于工作的报告\n\n一、总体要求\n坚持学习制度,做好工作。\n"
_REPAIRED = TEXT.replace(",", "，").encode()
_ID = "nB3o0uJm1cVvqk2yJmZ0Qw7e"
_DECODED = {
    "code": "DEC101",
    "severity": "info",
    "message": "Read as UTF-8, by its characters.",
    "message_zh": "据字符读作 UTF-8。",
    "confidence": 1.0,
    "hints": [],
}
_EDIT = {
    "code": "ZH201",
    "severity": "info",
    "message": "half-width punctuation in Chinese text",
    "message_zh": "中文里的半角标点",
    "confidence": 0.97,
    "hints": [],
    "span": [22, 23],
    "before": ",",
    "after": "，",
    "applied": True,
    "line": 4,
    "column": 7,
}
_LINE = {
    "line": 3,
    "class": "heading 1",
    "rule": "ST254",
    "reason": "short, numbered, and followed by text of its own",
    "reason_zh": "短行有编号，其下另有正文",
    "evidence": "6 characters, number 一、 = 1, no closing mark, blank line above",
    "evidence_zh": "共 6 字，序号 一、 即 1，无句末标点，上有空行",
    "instead": "list_item",
}
_TITLE_LINE = {
    "line": 1,
    "class": "title",
    "rule": "ST206",
    "reason": "the last short line before the text begins",
    "reason_zh": "正文开始前的最后一个短行",
    "evidence": "7 characters, no closing mark",
    "evidence_zh": "共 7 字，无句末标点",
    "instead": "paragraph",
}
_REPORT: dict[str, Any] = {
    "name": "报告.txt",
    "title": "关于工作的报告",
    "diagnostics": [_DECODED, _EDIT],
    "errors": [],
}
_OUTPUT = {"name": "报告.txt", "media_type": "text/plain", "size": len(_REPAIRED)}

ANSWERS: dict[str, Any] = {
    "Reports": {"reports": [_REPORT | {"outputs": [_OUTPUT | {"base64": base64.b64encode(_REPAIRED).decode()}]}]},
    "Inspections": {
        "reports": [
            {
                "name": "报告.txt",
                "title": "关于工作的报告",
                "language": "zh-Hans",
                "blocks": [
                    {"type": "heading", "level": 1, "text": "一、总体要求", "run_in": None, "line": 3, "why": _LINE}
                ],
                "other_lines": [_TITLE_LINE],
                "removed": [],
                "edits": [_EDIT],
                "diagnostics": [_DECODED],
                "encodings": [{"encoding": "UTF-8", "confidence": 1.0, "sample": TEXT[:7], "error": None}],
                "errors": [],
            }
        ]
    },
    "Lints": {
        "reports": [
            {
                "name": "报告.txt",
                "title": None,
                "findings": [
                    {
                        "code": "LT101",
                        "severity": "warning",
                        "message": "Before 三、 1 number(s) are missing; the last was 1.",
                        "message_zh": "“三、”之前缺 1 个序号，前一个是第 1。",
                        "confidence": 1.0,
                        "hints": [],
                        "span": [8, 14],
                        "line": 3,
                        "column": 1,
                    }
                ],
                "errors": [],
            }
        ]
    },
    "Checks": {
        "reports": [
            {
                "name": "报告.docx",
                "findings": [
                    {
                        "code": "GW102",
                        "clause": "5.2.1",
                        "paragraph": None,
                        "words": "",
                        "subject": {"en": "top margin", "zh": "天头（上边距）"},
                        "wanted": {"en": "37 mm (±1)", "zh": "37 mm（±1 mm）"},
                        "found": {"en": "28.0 mm", "zh": "28.0 mm"},
                        "message": {
                            "en": "top margin: wanted 37 mm (±1), found 28.0 mm (GB/T 9704-2012, 5.2.1).",
                            "zh": "天头（上边距）应为37 mm（±1 mm），实为28.0 mm（GB/T 9704-2012 第 5.2.1 条）。",
                        },
                        "fixable": True,
                    }
                ],
                "errors": [],
            }
        ]
    },
    "Comparisons": {
        "reports": [
            {
                "name": "报告.txt",
                "files": ["报告.txt", "报告.docx"],
                "differences": [
                    {
                        "one": "报告.txt",
                        "other": "报告.docx",
                        "what": "words",
                        "heading": "一、总体要求",
                        "place": 10,
                        "expected": "坚持学习制度，做好工作。",
                        "found": "坚持学习制度，做好",
                    }
                ],
                "errors": [],
            }
        ]
    },
    "Job": {
        "id": _ID,
        "kind": "convert",
        "state": "running",
        "position": 0,
        "progress": {"done": 3, "total": 10},
        "attempts": 1,
        "failures": 0,
        "created": "Fri, 27 Nov 2026 08:00:00 GMT",
        "started": "Fri, 27 Nov 2026 08:00:01 GMT",
        "finished": None,
        "expires": None,
        "links": {"self": f"/v1/jobs/{_ID}", "events": f"/v1/jobs/{_ID}/events"},
    },
    "Results": {
        "reports": [_REPORT | {"outputs": [_OUTPUT | {"number": 0, "href": f"/v1/jobs/{_ID}/outputs/0"}]}],
    },
    "Formats": {
        "writers": [
            {"name": "txt", "origin": "converter-zh", "media_type": "text/plain", "suffix": ".txt", "options": []}
        ],
        "readers": [{"name": "txt", "origin": "converter-zh", "media_types": ["text/plain"], "suffixes": [".txt"]}],
        "themes": ["article", "official", "book"],
        "scripts": ["hans", "hant", "tw", "hk"],
        "limits": {"upload_mb": 20, "max_files": 50},
    },
    "Health": {"status": "ok", "version": __version__},
    "Readiness": {"status": "ready"},
}
"""Of each answer in JSON, by the name of its shape."""

REQUESTS: dict[str, dict[str, Any]] = {
    "convert": {"files": [TEXT], "to": "docx,pdf", "theme": "official"},
    "booklet": {"files": [TEXT, TEXT], "to": "epub", "title": "学习资料", "author": "办公室", "date": "2012年7月"},
    "inspect": {"files": [TEXT]},
    "lint": {"files": [TEXT], "encoding": "utf-8"},
    "check": {"files": ["(a Word file)"]},
    "verify": {"files": [TEXT, TEXT]},
    "preview": {"files": [TEXT], "theme": "official", "first": 1, "count": 1},
    "begin": {"files": [TEXT], "kind": "convert", "to": "txt"},
}
"""Of each form, by the operation that takes it."""


def problems_of(status: int) -> dict[str, Any]:
    """An example of each kind of problem with this status."""
    return {
        name: {"value": problem(name, Message(kind.title.en, kind.title.zh))}
        for name, kind in KINDS.items()
        if kind.status.value == status
    }
