"""What is inside a panel."""

from __future__ import annotations

from datetime import datetime, timezone

import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dashboard import Panel
from palette import colour
from source import Series, Source
from units import base, formatter

_GRID = "#e6e8ea"


def draw_lines(axes: plt.Axes, panel: Panel, series: list[Series], source: Source) -> int:
    """A line for each; returns how many points were drawn."""
    if panel.is_stacked:
        _stack(axes, panel, series)
    else:
        for index, one in enumerate(series):
            isolated = "." if len(one.times) == 1 else ""
            axes.plot(one.times, one.values, color=colour(index), linewidth=1.2, marker=isolated)
        _limit(axes, panel, series)
        ground = min(max(axes.get_ylim()[0], 0), axes.get_ylim()[1])
        for index, one in enumerate(series):
            axes.fill_between(one.times, one.values, ground, color=colour(index), alpha=panel.fill, linewidth=0)
    axes.set_xlim(source.start, source.end)
    axes.yaxis.set_major_locator(_ticks(axes, panel))
    write = formatter(panel.unit)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: write(value)))
    ticks = _clock_ticks(source.start, source.end, axes.get_window_extent().width)
    axes.set_xticks(ticks)
    clock = "%H:%M" if all(tick % 60 == 0 for tick in ticks) else "%H:%M:%S"
    axes.xaxis.set_major_formatter(FuncFormatter(lambda time, _: datetime.fromtimestamp(time, timezone.utc).strftime(clock)))
    axes.tick_params(length=0, labelsize=7.5, pad=4)
    axes.grid(color=_GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    return sum(len(line.get_xdata()) for line in axes.lines)


def draw_states(axes: plt.Axes, series: list[Series]) -> int:
    """Names, in the largest type that fits, as a stat that shows names; returns how many."""
    axes.axis("off")
    texts = [
        axes.text(0.5, 1 - (index + 0.5) / len(series), one.name, ha="center", va="center", size=min(16, 70 / len(series)), transform=axes.transAxes)
        for index, one in enumerate(series)
    ]
    renderer = axes.figure.canvas.get_renderer()
    widest = max(text.get_window_extent(renderer).width for text in texts)
    for text in texts:
        text.set_size(text.get_size() * min(1, axes.get_window_extent(renderer).width / widest))
    return len(axes.texts)


def draw_bars(axes: plt.Axes, panel: Panel, series: list[Series]) -> int:
    """The newest values, as bars between the least and the most; returns how many."""
    write = formatter(panel.unit)
    least, most = panel.least or 0, panel.most if panel.most is not None else max(max(one.values) for one in series)
    axes.axis("off")
    axes.set(xlim=(least, most), ylim=(-0.1, len(series)))
    for index, one in enumerate(reversed(series)):
        value = one.values[-1]
        axes.barh(index + 0.3, most - least, height=0.42, left=least, color="#eceef0")
        axes.barh(index + 0.3, value - least, height=0.42, left=least, color=colour(0))
        axes.text(least, index + 0.62, one.name, va="bottom")
        axes.text(most, index + 0.62, write(value), va="bottom", ha="right", size=11, weight="bold")
    return len(axes.texts) // 2


def _stack(axes: plt.Axes, panel: Panel, series: list[Series]) -> None:
    times = sorted({time for one in series for time in one.times})
    below = [0.0] * len(times)
    for index, one in enumerate(series):
        values = dict(zip(one.times, one.values))
        above = [lower + values.get(time, 0.0) for time, lower in zip(times, below)]
        axes.fill_between(times, below, above, color=colour(index), alpha=panel.fill, linewidth=0)
        axes.plot(times, above, color=colour(index), linewidth=1)
        below = above
    axes.set_ylim(bottom=0)


def _limit(axes: plt.Axes, panel: Panel, series: list[Series]) -> None:
    """As the panel says; elsewhere a little more than the data. Nothing but zeros is a line at the foot."""
    low, high = axes.get_ylim()
    if all(value == 0 for one in series for value in one.values):
        low, high = 0, 1
    elif panel.least is not None:
        low = panel.least
        high += (high - low) / 20
    if panel.most is not None:
        high = panel.most
    axes.set_ylim(low, high, auto=False)


def _ticks(axes: plt.Axes, panel: Panel) -> MaxNLocator:
    if base(panel.unit) == 10:
        return MaxNLocator(5, steps=[1, 2, 2.5, 5, 10])
    # Round numbers of the unit that is written, not of bytes.
    high, size = axes.get_ylim()[1], 1
    while high / size >= 1024:
        size *= 1024
    return _Multiples(size)


class _Multiples(MaxNLocator):
    def __init__(self, size: int) -> None:
        super().__init__(5, steps=[1, 2, 2.5, 5, 10])
        self._size = size

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        return [tick * self._size for tick in super().tick_values(vmin / self._size, vmax / self._size)]


def _clock_ticks(start: float, end: float, width: float) -> list[float]:
    """Round times, no more than have room for their label in an axis of that many pixels."""
    steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400]
    step = next((step for step in steps if (end - start) / step <= width / 60), steps[-1])

    # Not beneath the axis of values, whose lowest number is there.
    first = -(-(start + (end - start) / 16) // step) * step
    return [first + index * step for index in range(int((end - first) // step) + 1)]
