"""The same network as a module, which learn2learn and higher want."""
from torch import nn

from configurations import BLOCKS, FILTERS


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def create(configuration):
    layers, channels = [], 1
    for _ in range(BLOCKS):
        stride = 2 if configuration.downsample == "stride" else 1
        layers.append(nn.Conv2d(channels, FILTERS, 3, stride=stride, padding=1, bias=False))
        layers.append(nn.BatchNorm2d(FILTERS, track_running_stats=False))
        layers.append(nn.ReLU())
        if configuration.downsample == "maxpool":
            layers.append(nn.MaxPool2d(2))
        channels = FILTERS
    return nn.Sequential(*layers, Mean(), nn.Linear(FILTERS, configuration.way))
