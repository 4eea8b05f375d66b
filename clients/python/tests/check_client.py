"""Uses a coordinator with a worker through the client, and prints what it found as JSON: `check_client.py ADDRESS`."""

import dataclasses
import json
import sys

from maml_cluster import Client, MamlError, presets
from maml_cluster._inputs import example

try:
    import numpy
except ImportError:
    numpy = None


def refused(act):
    try:
        act()
    except MamlError as error:
        return error.code
    raise AssertionError("expected a refusal")


if numpy is not None:
    picture = example(numpy.arange(6, dtype=numpy.uint8).reshape(3, 2)).picture
    assert (picture.height, picture.width, picture.pixels) == (3, 2, bytes(range(6)))
    assert list(example(numpy.array([1.5, 2.0])).vector.values) == [1.5, 2.0]
    try:
        example(numpy.zeros((3, 2)))
    except ValueError as error:
        assert "uint8" in str(error)
    else:
        raise AssertionError("expected a refusal")

with Client(sys.argv[1], timeout=120) as maml:
    assert maml.runs() == []
    configuration = presets()["sinusoid"]
    configuration["outer"].update(iterations=30, tasksPerIteration=8)
    configuration["evaluation"].update(every=0, tasks=40)
    configuration["checkpoints"].update(every=10, keep=5)
    run = maml.start(configuration)
    assert run.iterations == 30 and not run.has_ended and run.configuration["seed"] == configuration["seed"]

    events = list(maml.watch(run.run_id))
    assert events[0].run is not None and events[-1].run.state == "completed", events[-1]
    assert [event.iteration.iteration for event in events if event.iteration][-1] == 30
    assert len([event for event in events if event.evaluation]) == 2
    run = maml.run(run.run_id)
    assert run.has_ended and len(run.meta_parameters_sha256) == 64 and run.checkpoint_iteration == 30
    assert [one.run_id for one in maml.runs()] == [run.run_id]

    told = []
    evaluation = maml.evaluate(run.run_id, tasks=70, inner_steps=4, progress=lambda done, total: told.append((done, total)))
    assert evaluation.tasks == 70 and len(evaluation.steps) == 5 and evaluation.steps[0].accuracy is None
    assert all(total == 70 for _, total in told)
    assert maml.evaluate(run.run_id) == run.evaluation
    assert maml.evaluate(run.run_id, checkpoint=20).iteration == 20
    assert maml.evaluate(file=f"{run.run_id}/checkpoints/iteration-000000010.safetensors").iteration == 10

    adaptation = maml.adapt(run.run_id, support=[([0.1], 0.0), ([1.5], 1.0)], query=[[0.1], [1.5], [-2]], inner_steps=3, checkpoint="best")
    assert adaptation.inner_steps == 3 and adaptation.labels == []
    numbers = [prediction.number for prediction in adaptation.predictions]
    assert len(set(numbers)) == 3
    # Batches of any other size give the same answers where nothing is normalised over them.
    alone = maml.adapt(run.run_id, support=[([0.1], 0.0), ([1.5], 1.0)], query=[[-2]], inner_steps=3, checkpoint="best")
    assert abs(alone.predictions[0].number - numbers[2]) < 1e-5

    codes = [
        refused(lambda: maml.run("no-such")),
        refused(lambda: maml.adapt(run.run_id, support=[([1.0], "label")], query=[[1.0]])),
        refused(lambda: maml.adapt(run.run_id, support=[(b"\x89PNG\r\n\x1a\n", 1.0)], query=[[1.0]])),
        refused(lambda: maml.evaluate(run.run_id, checkpoint=7)),
    ]
    assert codes == ["NOT_FOUND", "INVALID_ARGUMENT", "INVALID_ARGUMENT", "FAILED_PRECONDITION"], codes
    for wrong in ("ftp://x", "http://192.0.2.1:5100"):
        try:
            Client(wrong)
        except ValueError:
            continue
        raise AssertionError(wrong)

    print(json.dumps({"run": run.run_id, "evaluation": dataclasses.asdict(evaluation)}))
