"""What a coordinator answers, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from google.protobuf import json_format

from . import _contracts


@dataclass(frozen=True)
class Step:
    """Means over tasks after some inner steps, with the half-widths of their 95 % confidence intervals."""

    step: int
    loss: float
    loss_ci95: float
    accuracy: Optional[float]
    accuracy_ci95: Optional[float]


@dataclass(frozen=True)
class Evaluation:
    """Loss and accuracy on held-out tasks after each of 0, 1, 2… inner steps."""

    split: str
    tasks: int
    iteration: int
    steps: List[Step]


@dataclass(frozen=True)
class Run:
    """A run as it is now. `state` is one of the contract's words: running, queued, paused, completed, stopped, failed…"""

    run_id: str
    state: str
    iteration: int
    iterations: int
    preset: str
    fault: str
    directory: str
    meta_parameters_sha256: str
    checkpoint_iteration: Optional[int]
    evaluation: Optional[Evaluation]
    configuration: Dict[str, Any]

    @property
    def has_ended(self) -> bool:
        """Whether it is completed, stopped or failed."""
        return self.state in ("completed", "stopped", "failed")


@dataclass(frozen=True)
class Iteration:
    """An iteration of training."""

    iteration: int
    meta_loss: float
    meta_gradient_norm: float
    learning_rate: float
    tasks_per_second: float
    workers: int


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint was written."""

    iteration: int
    path: str


@dataclass(frozen=True)
class Event:
    """Something that happened to a run; exactly one is set."""

    run: Optional[Run] = None
    iteration: Optional[Iteration] = None
    evaluation: Optional[Evaluation] = None
    checkpoint: Optional[Checkpoint] = None


@dataclass(frozen=True)
class Prediction:
    """The answer for one query example: a label with the probability of every label, or a number."""

    label: Optional[str]
    probabilities: Dict[str, float]
    number: Optional[float]


@dataclass(frozen=True)
class Adaptation:
    """The answers for all query examples, in order."""

    labels: List[str]
    predictions: List[Prediction]
    run_id: str
    iteration: int
    inner_steps: int


def _complete(message: Any) -> Dict[str, Any]:
    # The option's name changed with protobuf 5.26; zeros count in a configuration.
    try:
        return json_format.MessageToDict(message, always_print_fields_with_no_presence=True)
    except TypeError:
        return json_format.MessageToDict(message, including_default_value_fields=True)


def evaluation(message: Any) -> Evaluation:
    steps = [
        Step(
            step.step,
            step.loss,
            step.loss_ci95,
            step.accuracy if step.HasField("accuracy") else None,
            step.accuracy_ci95 if step.HasField("accuracy_ci95") else None,
        )
        for step in message.steps
    ]
    return Evaluation(message.split, message.tasks, message.iteration, steps)


def run(message: Any) -> Run:
    state = _contracts.name_of("RunState", message.state)
    return Run(
        run_id=message.run_id,
        state=state[len("RUN_STATE_"):].lower(),
        iteration=message.iteration,
        iterations=message.configuration.outer.iterations,
        preset=message.preset,
        fault=message.fault,
        directory=message.directory,
        meta_parameters_sha256=message.meta_parameters_sha256,
        checkpoint_iteration=message.checkpoint_iteration if message.HasField("checkpoint_iteration") else None,
        evaluation=evaluation(message.evaluation) if message.HasField("evaluation") else None,
        configuration=_complete(message.configuration),
    )


def event(message: Any) -> Event:
    kind = message.WhichOneof("event")
    if kind == "run":
        return Event(run=run(message.run))
    if kind == "iteration":
        one = message.iteration
        return Event(
            iteration=Iteration(
                one.iteration, one.meta_loss, one.meta_gradient_norm, one.learning_rate, one.tasks_per_second, one.workers
            )
        )
    if kind == "evaluation":
        return Event(evaluation=evaluation(message.evaluation.result))
    if kind == "checkpoint":
        return Event(checkpoint=Checkpoint(message.checkpoint.iteration, message.checkpoint.path))
    return Event()


def adaptation(message: Any) -> Adaptation:
    labels = list(message.labels)
    predictions = [
        Prediction(
            label=one.label if labels else None,
            probabilities=dict(zip(labels, one.probabilities)),
            number=one.number if one.HasField("number") else None,
        )
        for one in message.predictions
    ]
    return Adaptation(labels, predictions, message.run_id, message.iteration, message.inner_steps)
