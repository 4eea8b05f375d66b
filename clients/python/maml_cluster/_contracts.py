"""The wire contract: messages and services as protos/maml/v1 defines them.

The contract is read from a compiled description of the .proto files, and not from generated modules: those fit only the
versions of protobuf near the one that made them, while this fits any that a notebook may already have.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, Dict, Mapping, Tuple

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_PACKAGE = "maml.v1"


def _read(name: str) -> bytes:
    # As old as Python 3.9 has it.
    return resources.files(__package__).joinpath(name).read_bytes()


_files = descriptor_pb2.FileDescriptorSet.FromString(_read("contracts.binpb"))
# A pool of its own: whoever has generated modules of the same contract in the process shall not collide with these.
_pool = descriptor_pool.DescriptorPool()
for _file in _files.file:
    _pool.AddSerializedFile(_file.SerializeToString())

if hasattr(message_factory, "GetMessageClass"):
    _class_of = message_factory.GetMessageClass
else:
    _class_of = message_factory.MessageFactory(_pool).GetPrototype


def message(name: str) -> Any:
    """The class of a message, such as ``AdaptRequest``."""
    return _class_of(_pool.FindMessageTypeByName(f"{_PACKAGE}.{name}"))


def value(enum: str, name: str) -> int:
    """The number of an enumeration's value."""
    return _pool.FindEnumTypeByName(f"{_PACKAGE}.{enum}").values_by_name[name].number


def name_of(enum: str, number: int) -> str:
    """The name of an enumeration's value."""
    return _pool.FindEnumTypeByName(f"{_PACKAGE}.{enum}").values_by_number[number].name


def methods() -> Dict[str, Tuple[str, Any, Any, bool]]:
    """Every method: its path, the classes of its request and response, and whether it answers with a stream."""
    found = {}
    for file in _files.file:
        for service in file.service:
            for method in service.method:
                request = _class_of(_pool.FindMessageTypeByName(method.input_type.lstrip(".")))
                response = _class_of(_pool.FindMessageTypeByName(method.output_type.lstrip(".")))
                path = f"/{file.package}.{service.name}/{method.name}"
                found[method.name] = (path, request, response, method.server_streaming)
    return found


def presets() -> Mapping[str, Any]:
    """The configurations that come with maml, by name, as JSON has them."""
    return json.loads(_read("presets.json"))
