"""Numbers as Grafana writes them: the units that the dashboards use."""

from __future__ import annotations

import math
from typing import Callable

_TIMES = [(1, "s"), (1e-3, "ms"), (1e-6, "µs")]
_SHORT = ["", " K", " Mil", " Bil"]
_BYTES = ["B", "KiB", "MiB", "GiB", "TiB"]
_BYTES_A_SECOND = ["B/s", "kB/s", "MB/s", "GB/s", "TB/s"]


def formatter(unit: str) -> Callable[[float], str]:
    """How a value of that unit is written; an unknown unit is said, not guessed."""
    try:
        return _FORMATTERS[unit]
    except KeyError:
        raise ValueError(f"found the unit '{unit}', expected one of {', '.join(_FORMATTERS)}; add it to {__file__}") from None


def base(unit: str) -> int:
    """What ticks of an axis are multiples of powers of."""
    return 1024 if unit == "bytes" else 10


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def _scaled(value: float, factor: int, names: list[str], space: str) -> str:
    power = 0 if value == 0 else min(max(int(math.log(abs(value), factor) + 1e-9), 0), len(names) - 1)
    return f"{_number(value / factor ** power)}{space}{names[power]}".strip()


def _time(value: float) -> str:
    if value == 0:
        return "0 s"
    if abs(value) >= 120:
        return f"{_number(value / 60)} min"
    size, name = next(((size, name) for size, name in _TIMES if abs(value) >= size * (1 - 1e-9)), _TIMES[-1])
    return f"{_number(value / size)} {name}"


_FORMATTERS: dict[str, Callable[[float], str]] = {
    "short": lambda value: _scaled(value, 1000, _SHORT, ""),
    "percentunit": lambda value: f"{_number(round(value * 100, 6))}%",
    "s": _time,
    "bytes": lambda value: _scaled(value, 1024, _BYTES, " "),
    "Bps": lambda value: _scaled(value, 1000, _BYTES_A_SECOND, " "),
    "ops": lambda value: f"{_scaled(value, 1000, _SHORT, '')} ops/s",
    "sci": lambda value: "0" if value == 0 else f"{value:.2e}",
}
