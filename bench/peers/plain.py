"""MAML as a plain PyTorch loop over tasks: functional, second order by `create_graph=True`, with torch's own operations."""
import torch
import torch.nn.functional as functional

from configurations import BLOCKS, FILTERS


def initial_parameters(configuration, device):
    parameters, channels = [], 1
    for _ in range(BLOCKS):
        parameters.append(torch.randn(FILTERS, channels, 3, 3, device=device) * (2 / (channels * 9)) ** 0.5)
        parameters.append(torch.ones(FILTERS, device=device))
        parameters.append(torch.zeros(FILTERS, device=device))
        channels = FILTERS
    parameters.append(torch.randn(configuration.way, FILTERS, device=device) * (2 / FILTERS) ** 0.5)
    parameters.append(torch.zeros(configuration.way, device=device))
    return [parameter.requires_grad_() for parameter in parameters]


def forward(configuration, parameters, x):
    stride = 2 if configuration.downsample == "stride" else 1
    for block in range(BLOCKS):
        weight, scale, shift = parameters[3 * block : 3 * block + 3]
        x = functional.conv2d(x, weight, stride=stride, padding=1)
        x = functional.relu(functional.batch_norm(x, None, None, scale, shift, training=True))
        if configuration.downsample == "maxpool":
            x = functional.max_pool2d(x, 2)
    return functional.linear(x.mean((2, 3)), parameters[-2], parameters[-1])


def query_loss(configuration, parameters, task):
    support_x, support_y, query_x, query_y = task
    adapted = parameters
    for _ in range(configuration.inner_steps):
        loss = functional.cross_entropy(forward(configuration, adapted, support_x), support_y)
        gradients = torch.autograd.grad(loss, adapted, create_graph=True)
        adapted = [value - configuration.inner_rate * gradient for value, gradient in zip(adapted, gradients)]
    return functional.cross_entropy(forward(configuration, adapted, query_x), query_y)


class Trainer:
    def __init__(self, configuration, device):
        self._configuration = configuration
        self._parameters = initial_parameters(configuration, device)
        self._adam = torch.optim.Adam(self._parameters, lr=1e-6)

    def iterate(self, tasks):
        self._adam.zero_grad()
        for task in tasks:
            (query_loss(self._configuration, self._parameters, task) / len(tasks)).backward()
        self._adam.step()
