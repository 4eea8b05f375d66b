"""Calls a coordinator as grpcurl does without -proto, knowing nothing but gRPC's reflection: `by_reflection.py HOST:PORT VERSION METHOD`.

VERSION is v1 or v1alpha; METHOD is a unary one, such as maml.v1.RunService/ListRuns, and gets an empty request. Prints services and answer as JSON.
"""

import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

TEXT, BYTES, MESSAGE = (getattr(descriptor_pb2.FieldDescriptorProto, f"TYPE_{kind}") for kind in ("STRING", "BYTES", "MESSAGE"))


def add_message(file, name, *fields):
    message = file.message_type.add(name=name)
    for number, field, kind, type_name, is_repeated in fields:
        label = descriptor_pb2.FieldDescriptorProto.LABEL_REPEATED if is_repeated else descriptor_pb2.FieldDescriptorProto.LABEL_OPTIONAL
        message.field.add(name=field, number=number, type=kind, type_name=type_name, label=label)


def words():
    """The part of the reflection contract that is needed, by the numbers of its fields; both versions have the same."""
    file = descriptor_pb2.FileDescriptorProto(name="words.proto", package="words", syntax="proto3")
    add_message(file, "Request", (4, "symbol", TEXT, None, False), (7, "list", TEXT, None, False))
    add_message(file, "Files", (1, "content", BYTES, None, True))
    add_message(file, "Service", (1, "name", TEXT, None, False))
    add_message(file, "Services", (1, "service", MESSAGE, ".words.Service", True))
    add_message(file, "Response", (4, "files", MESSAGE, ".words.Files", False), (6, "services", MESSAGE, ".words.Services", False))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return [prototype(pool, f"words.{name}") for name in ("Request", "Response")]


def prototype(pool, name):
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName(name))


address, version, method = sys.argv[1:]
request, response = words()
with grpc.insecure_channel(address) as channel:
    ask = channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo", request.SerializeToString, response.FromString)
    service_name, method_name = method.split("/")
    services, files = ask(iter([request(list="*"), request(symbol=service_name)]), timeout=60)

    pool = descriptor_pool.DescriptorPool()
    for content in reversed(files.files.content):
        pool.AddSerializedFile(content)
    found = pool.FindServiceByName(service_name).methods_by_name[method_name]
    call = channel.unary_unary(
        f"/{method}", prototype(pool, found.input_type.full_name).SerializeToString, prototype(pool, found.output_type.full_name).FromString)
    answer = call(prototype(pool, found.input_type.full_name)(), timeout=60)
    print(json.dumps({"services": [one.name for one in services.services.service], "answer": json_format.MessageToDict(answer)}))
