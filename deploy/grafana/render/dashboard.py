"""What a dashboard says of its panels, as far as it matters for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Query:
    expression: str
    legend: str
    is_instant: bool


@dataclass(frozen=True)
class Panel:
    """x, y, width and height are in Grafana's grid: 24 columns, rows of 30 pixels with 8 between them."""

    kind: str
    title: str
    x: int
    y: int
    width: int
    height: int
    queries: tuple[Query, ...]
    unit: str
    least: float | None
    most: float | None
    is_stacked: bool
    fill: float

    @staticmethod
    def from_json(panel: dict[str, Any]) -> Panel:
        place = panel["gridPos"]
        defaults = panel.get("fieldConfig", {}).get("defaults", {})
        custom = defaults.get("custom", {})
        return Panel(
            kind=panel["type"],
            title=panel["title"],
            x=place["x"],
            y=place["y"],
            width=place["w"],
            height=place["h"],
            queries=tuple(Query(target["expr"], target.get("legendFormat", ""), target.get("instant", False)) for target in panel.get("targets", [])),
            unit=defaults.get("unit", "short"),
            least=defaults.get("min"),
            most=defaults.get("max"),
            is_stacked=custom.get("stacking", {}).get("mode") == "normal",
            fill=custom.get("fillOpacity", 0) / 100,
        )


@dataclass(frozen=True)
class Dashboard:
    title: str
    description: str
    panels: tuple[Panel, ...]

    @staticmethod
    def from_json(dashboard: dict[str, Any]) -> Dashboard:
        panels = tuple(Panel.from_json(panel) for panel in dashboard["panels"])
        return Dashboard(dashboard["title"], dashboard.get("description", ""), panels)
