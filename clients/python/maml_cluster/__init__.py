"""Client of Maml.Cluster: runs, evaluation, and few-shot learning on a coordinator's workers."""

from ._inputs import Input
from ._results import Adaptation, Checkpoint, Evaluation, Event, Iteration, Prediction, Run, Step
from .client import CheckpointChoice, Client, MamlError, presets

__all__ = [
    "Adaptation", "Checkpoint", "CheckpointChoice", "Client", "Evaluation", "Event", "Input", "Iteration", "MamlError", "Prediction",
    "Run", "Step", "presets",
]
__version__ = "0.1.0"
