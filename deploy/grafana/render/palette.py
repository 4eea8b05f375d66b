"""Colours of lines, in the order in which they are taken."""

_COLOURS = ["#3f8f3f", "#e0a800", "#3274d9", "#e0572b", "#8f3bb8", "#1f9fa8", "#c4162a", "#6e7f2f", "#b0578d", "#5b6c8f", "#9a6a32", "#2f6f5e"]


def colour(index: int) -> str:
    return _COLOURS[index % len(_COLOURS)]
