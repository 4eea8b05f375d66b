"""Computes a meta-gradient with plain PyTorch, one task at a time, and compares.

    python3 check_meta_gradient.py FILE.safetensors

FILE is what `maml gradient` writes; its metadata says whether it was computed in float64 or float32, and so does this. Prints one JSON object:
    {"relative_error": over all parameters, "worst_parameter": name, "worst_relative_error": of that parameter alone,
     "norm": of the reference, "first_order_difference": relative distance of the reference to its own first-order version}
Nothing of Maml.Cluster is used: the file format, the models and both gradients are written out here.
"""
import json
import struct
import sys

import torch
import torch.nn.functional as functional

DTYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}


def load(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(content[begin:end]), dtype=DTYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata


def forward(model, downsample, weights, x):
    if model == "logistic":
        return x @ weights["linear.weight"].T + weights["linear.bias"]
    if model == "mlp":
        last = max(int(name.split(".")[1]) for name in weights)
        x = x.flatten(1)
        for layer in range(last + 1):
            x = functional.linear(x, weights[f"layers.{layer}.weight"], weights[f"layers.{layer}.bias"])
            if layer < last:
                x = functional.relu(x)
        return x
    for block in range(4):
        x = functional.conv2d(x, weights[f"blocks.{block}.conv.weight"], stride=2 if downsample == "stride" else 1, padding=1)
        mean = x.mean((0, 2, 3), keepdim=True)
        variance = ((x - mean) ** 2).mean((0, 2, 3), keepdim=True)
        x = (x - mean) / torch.sqrt(variance + 1e-5)
        x = x * weights[f"blocks.{block}.norm.weight"].view(1, -1, 1, 1) + weights[f"blocks.{block}.norm.bias"].view(1, -1, 1, 1)
        x = functional.relu(x)
        if downsample == "maxpool":
            x = functional.max_pool2d(x, 2)
    return functional.linear(x.mean((2, 3)), weights["head.weight"], weights["head.bias"])


def loss_of(kind, output, target):
    if kind == "cross_entropy":
        return functional.cross_entropy(output, target)
    if kind == "binary_cross_entropy":
        return functional.binary_cross_entropy_with_logits(output, target)
    return functional.mse_loss(output, target)


def meta_gradient(tensors, metadata, second_order):
    precision = getattr(torch, metadata["precision"])
    theta = {name[len("theta/") :]: value.to(precision).requires_grad_() for name, value in tensors.items() if name.startswith("theta/")}
    steps, rate = int(metadata["innerSteps"]), float(metadata["innerLearningRate"])
    model, downsample, loss = metadata["model"], metadata.get("downsample", ""), metadata["loss"]
    tasks = tensors["support_x"].shape[0]

    def number(name, task):
        value = tensors[name][task]
        return value.to(precision) if value.is_floating_point() else value

    total = {name: torch.zeros_like(value) for name, value in theta.items()}
    for task in range(tasks):
        adapted = dict(theta)
        for _ in range(steps):
            support = loss_of(loss, forward(model, downsample, adapted, number("support_x", task)), number("support_y", task))
            gradient = torch.autograd.grad(support, list(adapted.values()), create_graph=True)
            if not second_order:
                gradient = [value.detach() for value in gradient]
            adapted = {name: value - rate * step for (name, value), step in zip(adapted.items(), gradient)}
        query = loss_of(loss, forward(model, downsample, adapted, number("query_x", task)), number("query_y", task))
        for name, value in zip(theta, torch.autograd.grad(query, list(theta.values()))):
            total[name] += value / tasks
    return {name: value.detach() for name, value in total.items()}


def flat(gradient):
    return torch.cat([value.double().reshape(-1) for value in gradient.values()])


def main(path):
    tensors, metadata = load(path)
    second_order = metadata["algorithm"] == "maml"
    reference = meta_gradient(tensors, metadata, second_order)
    other = meta_gradient(tensors, metadata, not second_order)
    ours = {name: tensors[f"meta_gradient/{name}"].double() for name in reference}
    errors = {name: ((ours[name] - value.double()).norm() / value.double().norm().clamp_min(1e-30)).item() for name, value in reference.items()}
    worst = max(errors, key=errors.get)
    norm = flat(reference).norm()
    print(json.dumps({
        "relative_error": ((flat(ours) - flat(reference)).norm() / norm).item(),
        "worst_parameter": worst,
        "worst_relative_error": errors[worst],
        "norm": norm.item(),
        "first_order_difference": ((flat(other) - flat(reference)).norm() / norm).item(),
    }))


if __name__ == "__main__":
    main(sys.argv[1])
