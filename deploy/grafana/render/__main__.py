"""Draws Grafana's dashboards without a Grafana: their panels, in their places, from what a Prometheus answers to their queries.

    python3 deploy/grafana/render http://127.0.0.1:9090 --start 2026-01-31T10:00:00Z --end 2026-01-31T10:15:00Z \
        --output docs/pictures deploy/grafana/dashboards/*.json

Python 3.9 or newer with matplotlib; on Debian: apt-get install python3-matplotlib. For each dashboard it writes OUTPUT/NAME.png, says for each
panel how much it drew, and ends with 1 if a panel that asks something got no answer.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from urllib.error import HTTPError, URLError

from dashboard import Dashboard
from source import Source

try:
    from picture import draw
except ModuleNotFoundError as missing:
    sys.exit(f"render: found no {missing.name} for {sys.executable}, expected matplotlib; on Debian: apt-get install python3-matplotlib, and /usr/bin/python3")


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    source = Source(options.prometheus, options.start, options.end, options.run)
    options.output.mkdir(parents=True, exist_ok=True)
    empty = 0
    for path in options.dashboards:
        dashboard = Dashboard.from_json(json.loads(path.read_text(encoding="utf-8")))
        answers = {panel.title: source.ask(panel) for panel in dashboard.panels if panel.queries}
        picture = options.output / f"{path.stem}.png"
        drawn = draw(dashboard, answers, source, picture)
        print(f"{picture}: {picture.stat().st_size} bytes")
        for title, points in drawn.items():
            empty += points == 0
            print(f"  {title}: {len(answers[title])} series, {points} points")
    return 1 if empty else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("render", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prometheus", metavar="URL", help="where Prometheus answers")
    parser.add_argument("--start", type=_time, required=True, help="ISO 8601 or seconds since 1970")
    parser.add_argument("--end", type=_time, default=time.time(), help="the same; now, if left out")
    parser.add_argument("--run", default=".+", help="a regular expression of runs, in the place of the picker at the top; all, if left out")
    parser.add_argument("--output", type=Path, default=Path("."), help="folder of the pictures")
    parser.add_argument("dashboards", metavar="DASHBOARD.json", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    if options.end <= options.start:
        parser.error(f"found an end ({options.end:.0f}) that is not after the start ({options.start:.0f})")
    return options


def _time(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HTTPError as refusal:
        sys.exit(f"render: Prometheus refused {refusal.url}: {refusal.read().decode(errors='replace')}")
    except URLError as fault:
        sys.exit(f"render: found no Prometheus there: {fault.reason}")
