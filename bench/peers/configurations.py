"""The two configurations that are compared, as `maml bench` has them (src/Cli/Benchmarks/Configurations)."""
from dataclasses import dataclass

SIDE = 28
FILTERS = 64
BLOCKS = 4


@dataclass(frozen=True)
class Configuration:
    downsample: str
    inner_steps: int
    inner_rate: float
    tasks: int
    way: int
    shot: int
    query: int


CONFIGURATIONS = {
    "A": Configuration("stride", 1, 0.4, 32, 5, 1, 1),
    "B": Configuration("maxpool", 5, 0.01, 4, 5, 1, 15),
}
