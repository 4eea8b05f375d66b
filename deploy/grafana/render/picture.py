"""One picture of a dashboard: every panel in its place."""

from __future__ import annotations

from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.patches import FancyBboxPatch  # noqa: E402
from PIL import Image  # noqa: E402

from dashboard import Dashboard, Panel  # noqa: E402
from legend import draw_legend  # noqa: E402
from panels import draw_bars, draw_lines, draw_states  # noqa: E402
from source import Series, Source  # noqa: E402

# In pixels, as Grafana has them; drawn at one and a half times that for sharp text.
_WIDTH, _ROW, _GAP, _MARGIN, _HEADER = 1200, 30, 8, 12, 52
_DOTS_PER_INCH, _SHARPNESS, _COLOURS = 96, 1.5, 128
_PAPER, _PANEL, _EDGE, _TEXT, _QUIET = "#f4f5f5", "#ffffff", "#dcdee1", "#24292e", "#6c7280"
_HEADING, _LEGEND_LINE, _AXIS_LEFT, _AXIS_BOTTOM = 28, 16, 62, 22


def draw(dashboard: Dashboard, answers: dict[str, list[Series]], source: Source, path: Path) -> dict[str, int]:
    """Writes the picture. Returns how many points were drawn, for each panel that asks something."""
    rows = max(panel.y + panel.height for panel in dashboard.panels)
    height = _HEADER + rows * (_ROW + _GAP) + _MARGIN
    plt.rcParams.update({"font.family": ["DejaVu Sans"], "font.size": 8, "text.color": _TEXT, "axes.labelcolor": _TEXT, "xtick.color": _QUIET, "ytick.color": _QUIET})
    figure = plt.figure(figsize=(_WIDTH / _DOTS_PER_INCH, height / _DOTS_PER_INCH), dpi=_DOTS_PER_INCH, facecolor=_PAPER)
    canvas = _Canvas(figure, height)
    canvas.write(_MARGIN, 22, dashboard.title, size=13, weight="bold")
    canvas.write(_MARGIN, 41, dashboard.description, color=_QUIET)
    canvas.write(_WIDTH - _MARGIN, 22, f"{_clock(source.start)} to {_clock(source.end)} UTC", color=_QUIET, align="right")
    drawn = {panel.title: _draw_panel(canvas, panel, answers.get(panel.title, []), source) for panel in dashboard.panels}
    pixels = BytesIO()
    figure.savefig(pixels, dpi=_DOTS_PER_INCH * _SHARPNESS, facecolor=_PAPER)
    plt.close(figure)

    # A third of the size, and no difference to be seen.
    Image.open(pixels).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return {title: drawn[title] for title in answers}


class _Canvas:
    """A figure in pixels from the upper left."""

    def __init__(self, figure: plt.Figure, height: int) -> None:
        self.figure = figure
        self._height = height

    def write(self, x: float, y: float, text: str, size: float = 8, weight: str = "normal", color: str = _TEXT, align: str = "left") -> None:
        self.figure.text(x / _WIDTH, 1 - y / self._height, text, size=size, weight=weight, color=color, ha=align, va="center")

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        corner = (x / _WIDTH, 1 - (y + height) / self._height)
        box = FancyBboxPatch(corner, width / _WIDTH, height / self._height, boxstyle="square,pad=0", facecolor=_PANEL, edgecolor=_EDGE, linewidth=0.8, zorder=-1)
        self.figure.add_artist(box)

    def axes(self, x: float, y: float, width: float, height: float) -> plt.Axes:
        axes = self.figure.add_axes((x / _WIDTH, 1 - (y + height) / self._height, width / _WIDTH, height / self._height))
        axes.set_facecolor("none")
        return axes


def _draw_panel(canvas: _Canvas, panel: Panel, series: list[Series], source: Source) -> int:
    column = (_WIDTH - 2 * _MARGIN + _GAP) / 24
    x, y = _MARGIN + panel.x * column, _HEADER + panel.y * (_ROW + _GAP)
    width, height = panel.width * column - _GAP, panel.height * (_ROW + _GAP) - _GAP
    if panel.kind == "row":
        canvas.write(x, y + height / 2, f"▾  {panel.title}", size=9.5, weight="bold")
        return 0

    canvas.frame(x, y, width, height)
    canvas.write(x + 8, y + 15, panel.title, size=8.5, weight="bold")
    inside = height - _HEADING - 8
    if not series:
        canvas.write(x + width / 2, y + height / 2, "No data", color=_QUIET, align="center")
        return 0
    if panel.kind == "stat":
        return draw_states(canvas.axes(x + 8, y + _HEADING, width - 16, inside), series)
    if panel.kind == "bargauge":
        return draw_bars(canvas.axes(x + 8, y + _HEADING, width - 16, inside), panel, series)
    if panel.kind != "timeseries":
        raise ValueError(f"found a panel of the kind '{panel.kind}', expected timeseries, stat, bargauge or row; add it to {__file__}")

    lines = draw_legend(canvas.axes(x + 8, y + _HEADING, width - 16, inside), [one.name for one in series], width - 16, inside, _LEGEND_LINE)
    plot = canvas.axes(x + _AXIS_LEFT, y + _HEADING, width - _AXIS_LEFT - 14, inside - _AXIS_BOTTOM - lines * _LEGEND_LINE - 2)
    return draw_lines(plot, panel, series, source)


def _clock(time: float) -> str:
    return f"{datetime.fromtimestamp(time, timezone.utc):%Y-%m-%d %H:%M:%S}"
