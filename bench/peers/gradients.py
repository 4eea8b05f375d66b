"""Compares the plain loop's meta-gradient with one that `maml gradient` wrote for the same θ and tasks."""
import json
import struct

import torch

import plain

TYPES = {"F32": torch.float32, "I64": torch.int64}


def load(path):
    """A safetensors file: the length of the header, the header as JSON, the numbers."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = torch.frombuffer(bytearray(content[begin:end]), dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata


def check_settings(configuration, tensors, metadata):
    """The file must be of the very work that is measured."""
    way, shot, query = configuration.way, configuration.shot, configuration.query
    expected = {
        "innerSteps": str(configuration.inner_steps), "algorithm": "maml", "model": "conv4", "loss": "cross_entropy",
        "downsample": configuration.downsample,
    }
    found = {name: metadata[name] for name in expected}
    if found != expected:
        raise SystemExit(f"the file has {found}; expected {expected}")
    shapes = {"support_x": way * shot, "query_x": way * query}
    for name, examples in shapes.items():
        if list(tensors[name].shape[1:]) != [examples, 1, 28, 28]:
            raise SystemExit(f"{name} has shape {list(tensors[name].shape)}; expected [tasks, {examples}, 1, 28, 28]")
    if float(metadata["innerLearningRate"]) != configuration.inner_rate:
        raise SystemExit(f"the file has innerLearningRate {metadata['innerLearningRate']}; expected {configuration.inner_rate}")


def compare(configuration, path):
    tensors, metadata = load(path)
    check_settings(configuration, tensors, metadata)
    precision = torch.float64 if metadata["precision"] == "float64" else torch.float32
    names = [name[len("theta/") :] for name in tensors if name.startswith("theta/")]
    parameters = [tensors[f"theta/{name}"].to(precision).requires_grad_() for name in names]
    shapes = [list(parameter.shape) for parameter in plain.initial_parameters(configuration, "cpu")]
    if [list(parameter.shape) for parameter in parameters] != shapes:
        raise SystemExit("the file's parameters have other shapes, or come in another order, than those of the plain loop")
    tasks = tensors["support_x"].shape[0]
    total = [torch.zeros_like(parameter) for parameter in parameters]
    for task in range(tasks):
        data = (
            tensors["support_x"][task].to(precision), tensors["support_y"][task], tensors["query_x"][task].to(precision), tensors["query_y"][task],
        )
        loss = plain.query_loss(configuration, parameters, data)
        total = [sum_ + gradient / tasks for sum_, gradient in zip(total, torch.autograd.grad(loss, parameters))]
    theirs = torch.cat([gradient.double().reshape(-1) for gradient in total])
    ours = torch.cat([tensors[f"meta_gradient/{name}"].double().reshape(-1) for name in names])
    return {"relativeError": ((ours - theirs).norm() / theirs.norm()).item(), "precision": metadata["precision"], "comparedTasks": tasks}
