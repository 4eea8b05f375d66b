"""A client of a coordinator."""

from __future__ import annotations

import copy
import ipaddress
import os
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple, Union
from urllib.parse import urlsplit

import grpc
from google.protobuf import json_format

from . import _contracts, _results
from ._inputs import Input, example
from ._results import Adaptation, Evaluation, Event, Run

#: Which θ of a run: "newest", "best" (by its evaluation), or the iterations before a checkpoint. None: as it is now, or else the newest.
CheckpointChoice = Union[None, str, int]

# As the coordinator takes them; a thousand pictures of Omniglot's size.
_LARGEST_MESSAGE = 16 << 20

_OPTIONS = [
    ("grpc.max_send_message_length", _LARGEST_MESSAGE),
    ("grpc.max_receive_message_length", _LARGEST_MESSAGE),
    ("grpc.keepalive_time_ms", 30_000),
]


class MamlError(Exception):
    """The coordinator refused, or could not be reached. `code` is gRPC's word for why; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def presets() -> Dict[str, Dict[str, Any]]:
    """The configurations that come with maml, by name; each a dictionary to be changed and given to `Client.start`."""
    return copy.deepcopy(dict(_contracts.presets()))


class Client:
    """A connection to a coordinator; safe for use by several threads.

    address -- host:port, http://host:port or https://host:port
    token, token_file -- what is shown to the coordinator; by default the environment variable MAML_TOKEN
    ca -- PEM file of the authority that its certificate must come from; by default the system's
    client_certificate, client_key -- PEM files of a certificate to show
    insecure_allow_remote -- dial another machine although traffic, the token too, is not encrypted
    timeout -- seconds for calls that do not stream; None waits for ever, as adapt() does while no worker is attached
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:5100",
        *,
        token: Optional[str] = None,
        token_file: Union[None, str, "os.PathLike[str]"] = None,
        ca: Union[None, str, "os.PathLike[str]"] = None,
        client_certificate: Union[None, str, "os.PathLike[str]"] = None,
        client_key: Union[None, str, "os.PathLike[str]"] = None,
        insecure_allow_remote: bool = False,
        timeout: Optional[float] = None,
    ) -> None:
        url = urlsplit(address if "://" in address else f"{'https' if ca else 'http'}://{address}")
        if url.scheme not in ("http", "https") or not url.hostname:
            raise ValueError(f"found the address {address!r}, expected http://host:port or https://host:port")
        is_secure = url.scheme == "https"
        if not is_secure and not insecure_allow_remote and not _is_loopback(url.hostname):
            raise ValueError(f"{address} is on another machine and not encrypted; use https://, or insecure_allow_remote=True")
        host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
        target = f"{host}:{url.port or (443 if is_secure else 80)}"
        if token_file is not None:
            token = Path(token_file).read_text(encoding="utf-8").strip()
        elif token is None:
            token = os.environ.get("MAML_TOKEN") or None
        self._metadata = [("authorization", f"Bearer {token}")] if token else []
        self._timeout = timeout
        if is_secure:
            credentials = grpc.ssl_channel_credentials(_bytes(ca), _bytes(client_key), _bytes(client_certificate))
            self._channel = grpc.secure_channel(target, credentials, _OPTIONS)
        else:
            self._channel = grpc.insecure_channel(target, _OPTIONS)
        self._methods = {name: self._bind(*method) for name, method in _contracts.methods().items() if name != "Attach"}

    def runs(self) -> List[Run]:
        """All runs, newest first."""
        return [_results.run(one) for one in self._call("ListRuns", {}).runs]

    def run(self, run_id: str) -> Run:
        """One run."""
        return _results.run(self._call("GetRun", {"run_id": run_id}))

    def start(self, configuration: Union[str, Mapping[str, Any]]) -> Run:
        """Starts a run.

        configuration -- a preset's name, or a complete dictionary as `presets()` and `Run.configuration` give them
        """
        preset = configuration if isinstance(configuration, str) else ""
        if preset:
            known = presets()
            if preset not in known:
                raise ValueError(f"found no preset {preset!r}, expected one of {', '.join(sorted(known))}")
            configuration = known[preset]
        request = _contracts.message("StartRunRequest")(preset=preset)
        json_format.ParseDict(configuration, request.configuration)
        return _results.run(self._send("StartRun", request))

    def stop(self, run_id: str) -> Run:
        """Stops a run after the iteration at hand, with a checkpoint."""
        return _results.run(self._call("StopRun", {"run_id": run_id}))

    def pause(self, run_id: str) -> Run:
        """Pauses a run after the iteration at hand, with a checkpoint."""
        return _results.run(self._call("PauseRun", {"run_id": run_id}))

    def resume(self, run_id: str) -> Run:
        """Goes on with a run."""
        return _results.run(self._call("ResumeRun", {"run_id": run_id}))

    def watch(self, run_id: str) -> Iterator[Event]:
        """The run as it is now, then everything that happens to it until it ends. Leaving the loop ends the call."""
        for message in self._stream("WatchRun", _contracts.message("WatchRunRequest")(run_id=run_id)):
            yield _results.event(message)

    def evaluate(
        self,
        run_id: Optional[str] = None,
        *,
        checkpoint: CheckpointChoice = None,
        file: Optional[str] = None,
        tasks: int = 0,
        inner_steps: Optional[int] = None,
        query: int = 0,
        progress: Optional[Callable[[int, int], None]] = None,
    ) -> Evaluation:
        """Measures a run on held-out tasks. What is left out is as the run's configuration says.

        file -- in the place of a run: a checkpoint file, relative to the coordinator's folder of runs
        progress -- told the tasks done and the tasks in all
        """
        request = _contracts.message("EvaluateRequest")(tasks=tasks, query=query)
        _aim(request, run_id, checkpoint, file)
        if inner_steps is not None:
            request.inner_steps = inner_steps
        for message in self._stream("Evaluate", request):
            if message.HasField("result"):
                return _results.evaluation(message.result)
            if progress is not None:
                progress(message.tasks_done, message.tasks_total)
        raise MamlError("INTERNAL", "The coordinator ended the evaluation without a result.")

    def adapt(
        self,
        run_id: Optional[str] = None,
        *,
        support: Iterable[Tuple[Input, Union[str, float]]],
        query: Iterable[Input],
        checkpoint: CheckpointChoice = None,
        file: Optional[str] = None,
        inner_steps: Optional[int] = None,
        bright_ink: bool = False,
    ) -> Adaptation:
        """Learns from a support set, and answers for query examples; nothing of it is kept.

        support -- pairs of an example and its label, or its number where the run learns to regress
        query -- examples; many in one call are answered better than one at a time where the network normalises over a batch
        bright_ink -- pictures are bright on dark, and not dark on bright as drawings are
        """
        request = _contracts.message("AdaptRequest")(bright_ink=bright_ink)
        _aim(request, run_id, checkpoint, file)
        if inner_steps is not None:
            request.inner_steps = inner_steps
        for source, answer in support:
            one = request.support.add(example=example(source))
            if isinstance(answer, str):
                one.label = answer
            else:
                one.number = float(answer)
        request.query.extend(example(source) for source in query)
        return _results.adaptation(self._send("Adapt", request))

    def close(self) -> None:
        """Ends the connection and every call."""
        self._channel.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _bind(self, path: str, request: Any, response: Any, streams: bool) -> Any:
        create = self._channel.unary_stream if streams else self._channel.unary_unary
        return create(path, request_serializer=request.SerializeToString, response_deserializer=response.FromString)

    def _call(self, method: str, fields: Mapping[str, Any]) -> Any:
        return self._send(method, _contracts.message(f"{method}Request")(**fields))

    def _send(self, method: str, request: Any) -> Any:
        try:
            return self._methods[method](request, timeout=self._timeout, metadata=self._metadata)
        except grpc.RpcError as error:
            raise _fault(error) from None

    def _stream(self, method: str, request: Any) -> Iterator[Any]:
        call = self._methods[method](request, metadata=self._metadata)
        try:
            yield from call
        except grpc.RpcError as error:
            raise _fault(error) from None
        finally:
            call.cancel()


def _aim(request: Any, run_id: Optional[str], checkpoint: CheckpointChoice, file: Optional[str]) -> None:
    if (run_id is None) == (file is None):
        raise ValueError("expected a run or a checkpoint file: one of them")
    if file is not None:
        request.checkpoint = file
    else:
        request.run_id = run_id
    if isinstance(checkpoint, int):
        request.choice, request.iteration = _contracts.value("ParametersChoice", "PARAMETERS_CHOICE_ITERATION"), checkpoint
    elif checkpoint in ("newest", "best"):
        request.choice = _contracts.value("ParametersChoice", f"PARAMETERS_CHOICE_{checkpoint.upper()}")
    elif checkpoint is not None:
        raise ValueError(f"found the checkpoint {checkpoint!r}, expected 'newest', 'best' or a number of iterations")


def _fault(error: Any) -> MamlError:
    return MamlError(error.code().name, error.details() or error.code().name)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bytes(path: Union[None, str, "os.PathLike[str]"]) -> Optional[bytes]:
    return None if path is None else Path(path).read_bytes()
