"""Examples as messages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Sequence, Union

from . import _contracts

#: A path to a PNG file, its bytes, a 2-D array of grey levels (0 is black, 255 is white), or as many numbers as the model has features.
Input = Union[str, "os.PathLike[str]", bytes, Sequence[float], Any]

_Example = _contracts.message("Example")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def example(source: Input) -> Any:
    """One example as a message."""
    if isinstance(source, (str, os.PathLike)):
        return _png(Path(source).read_bytes(), str(source))
    if isinstance(source, (bytes, bytearray)):
        return _png(bytes(source), "bytes")
    shape = getattr(source, "shape", None)
    if shape is not None and len(shape) == 2:
        return _picture(source, int(shape[0]), int(shape[1]))
    return _Example(vector={"values": [float(number) for number in (source.ravel() if hasattr(source, "ravel") else source)]})


def _png(content: bytes, name: str) -> Any:
    if not content.startswith(_SIGNATURE):
        raise ValueError(f"{name}: found no PNG file, expected one; convert the picture, or pass its grey levels as a 2-D array")
    return _Example(png=content)


def _picture(levels: Any, height: int, width: int) -> Any:
    if str(getattr(levels, "dtype", "")) != "uint8":
        raise ValueError(f"found a picture of {getattr(levels, 'dtype', type(levels))}, expected uint8: 0 is black, 255 is white")
    return _Example(picture={"height": height, "width": width, "pixels": levels.tobytes()})
