"""MAML with learn2learn and with higher, as their documentation shows it."""
import torch
from torch.nn import functional

import module


class Learn2Learn:
    def __init__(self, configuration, device):
        import learn2learn

        self._configuration = configuration
        network = module.create(configuration).to(device)
        self._maml = learn2learn.algorithms.MAML(network, lr=configuration.inner_rate, first_order=False)
        self._adam = torch.optim.Adam(self._maml.parameters(), lr=1e-6)

    def iterate(self, tasks):
        self._adam.zero_grad()
        for support_x, support_y, query_x, query_y in tasks:
            learner = self._maml.clone()
            for _ in range(self._configuration.inner_steps):
                learner.adapt(functional.cross_entropy(learner(support_x), support_y))
            (functional.cross_entropy(learner(query_x), query_y) / len(tasks)).backward()
        self._adam.step()


class Higher:
    def __init__(self, configuration, device):
        import higher

        self._higher = higher
        self._configuration = configuration
        self._network = module.create(configuration).to(device)
        self._inner = torch.optim.SGD(self._network.parameters(), lr=configuration.inner_rate)
        self._adam = torch.optim.Adam(self._network.parameters(), lr=1e-6)

    def iterate(self, tasks):
        self._adam.zero_grad()
        for support_x, support_y, query_x, query_y in tasks:
            with self._higher.innerloop_ctx(self._network, self._inner, copy_initial_weights=False) as (network, optimizer):
                for _ in range(self._configuration.inner_steps):
                    optimizer.step(functional.cross_entropy(network(support_x), support_y))
                (functional.cross_entropy(network(query_x), query_y) / len(tasks)).backward()
        self._adam.step()
