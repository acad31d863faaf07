"""Many texts, one volume."""

from converter.booklet.assemble import compile_booklet

__all__ = ["compile_booklet"]
