"""Asks a Prometheus what a panel's queries give, as Grafana would."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from urllib.parse import urlencode
from urllib.request import urlopen

from dashboard import Panel

# About as many as a panel of 400 pixels can show.
_POINTS = 240


@dataclass(frozen=True)
class Series:
    """A line: when and how much; what is no number is left out."""

    name: str
    times: list[float]
    values: list[float]


class Source:
    def __init__(self, address: str, start: float, end: float, run: str) -> None:
        self.start = start
        self.end = end
        self._address = address.rstrip("/")
        self._run = run
        scrapes = self._scrape_interval()
        self._step = max(math.ceil((end - start) / _POINTS), scrapes)
        # Grafana's $__rate_interval: enough for four scrapes, and for every point.
        self._rate_interval = max(self._step + scrapes, 4 * scrapes)

    def ask(self, panel: Panel) -> list[Series]:
        """The lines of a panel, one query after the other, as its legend names them."""
        found = []
        for query in panel.queries:
            expression = query.expression.replace("$__rate_interval", f"{self._rate_interval}s").replace("$run", self._run)
            if query.is_instant:
                answer = self._get("query", query=expression, time=self.end)
            else:
                answer = self._get("query_range", query=expression, start=self.start, end=self.end, step=self._step)
            for series in answer["result"]:
                points = [(float(time), float(value)) for time, value in series.get("values") or [series["value"]]]
                points = [(time, value) for time, value in points if math.isfinite(value)]
                if points:
                    found.append(Series(_name(query.legend, series["metric"]), *map(list, zip(*points))))
        return found

    def _scrape_interval(self) -> int:
        targets = self._get("targets", state="active")["activeTargets"]
        return max((_seconds(target["scrapeInterval"]) for target in targets), default=15)

    def _get(self, what: str, **parameters: object) -> dict:
        with urlopen(f"{self._address}/api/v1/{what}?{urlencode(parameters)}", timeout=60) as answer:
            return json.load(answer)["data"]


def _name(legend: str, labels: dict[str, str]) -> str:
    return re.sub(r"{{\s*(\w+)\s*}}", lambda label: labels.get(label[1], ""), legend).strip()


def _seconds(duration: str) -> int:
    units = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
    return max(1, math.ceil(sum(float(number) * units[unit] for number, unit in re.findall(r"(\d+)(ms|[smhd])", duration))))
