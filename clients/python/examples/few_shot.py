# %% [markdown]
# # Learn five characters from one drawing each
# Needs a coordinator with a worker, and a run on Omniglot:
# `./maml coordinator --data ~/omniglot` and `./maml worker --coordinator http://127.0.0.1:5100`.

# %%
import os
import sys
from pathlib import Path

from maml_cluster import Client, presets

maml = Client(os.environ.get("MAML_COORDINATOR", "http://127.0.0.1:5100"), ca=os.environ.get("MAML_CA"))

# %% [markdown]
# Train, or take the newest run that is there.

# %%
runs = maml.runs()
if not runs:
    configuration = presets()["omniglot-5way-1shot"]
    configuration["outer"]["iterations"] = "2000"
    run = maml.start(configuration)
    for event in maml.watch(run.run_id):
        if event.evaluation and event.evaluation.steps[-1].accuracy is not None:
            print(f"iteration {event.evaluation.iteration}: {event.evaluation.steps[-1].accuracy:.1%}")
    runs = maml.runs()
run = runs[0]
print(run.run_id, run.state, f"{run.iteration}/{run.iterations}")

# %% [markdown]
# How good is it on tasks that training never saw?

# %%
evaluation = maml.evaluate(run.run_id, tasks=100, progress=lambda done, total: print(f"{done}/{total}", end="\r"))
for step in evaluation.steps:
    accuracy = "" if step.accuracy is None else f"  accuracy {step.accuracy:.1%} ± {step.accuracy_ci95:.1%}"
    print(f"{step.step} inner steps: loss {step.loss:.4f}{accuracy}")

# %% [markdown]
# Drawings of your own: a folder with a sub-folder for each character. The first drawing of each is learnt from, the others are asked about.

# %%
if len(sys.argv) > 1:
    folder = Path(sys.argv[1])
    support, query = [], []
    for label in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        first, *others = sorted((folder / label).glob("*.png"))
        support.append((first, label))
        query.extend((other, label) for other in others)

    answer = maml.adapt(run.run_id, support=support, query=[picture for picture, _ in query])
    right = sum(prediction.label == label for prediction, (_, label) in zip(answer.predictions, query))
    print(f"{right} of {len(query)} right after {answer.inner_steps} inner steps")

# %%
maml.close()
