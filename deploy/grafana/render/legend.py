"""A legend at the bottom of a panel: a list that is broken into lines."""

from __future__ import annotations

import matplotlib.pyplot as plt

from palette import colour

_SIZE, _SWATCH, _SPACE, _MOST_LINES = 7.5, 14, 12, 4


def draw_legend(axes: plt.Axes, names: list[str], width: float, height: float, line: float) -> int:
    """Writes it into axes of that size in pixels; what does not fit into the lines that there may be is counted.

    Returns how many lines there are.
    """
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    lines: list[list[tuple[int, str, float]]] = [[]]
    used = 0.0
    for index, name in enumerate(names):
        needed = _SWATCH + _measure(axes, name) + _SPACE
        if lines[-1] and used + needed > width:
            if len(lines) == _MOST_LINES:
                axes.text(width, line / 2, f"+ {len(names) - index}", size=_SIZE, ha="right", va="center")
                break
            lines.append([])
            used = 0.0
        lines[-1].append((index, name, used))
        used += needed

    for row, entries in enumerate(reversed(lines)):
        y = (row + 0.5) * line
        for index, name, x in entries:
            axes.plot([x, x + _SWATCH - 4], [y, y], color=colour(index), linewidth=2.5, solid_capstyle="butt")
            axes.text(x + _SWATCH, y, name, size=_SIZE, va="center")
    return len(lines)


def _measure(axes: plt.Axes, text: str) -> float:
    """In pixels at the figure's own resolution, which is that of the layout."""
    drawn = axes.text(0, 0, text, size=_SIZE)
    extent = drawn.get_window_extent(axes.figure.canvas.get_renderer())
    drawn.remove()
    return extent.width
