"""Keeping (存放): a model as arrays and JSON in one file, with its version and digest; never code.

What was damaged or made by another version is refused in words, before anything is computed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import numpy as np

from .features import Features
from .model import Model

FORMAT = "sangesan-triage-1"
MOST_BYTES = 10 * 1024 * 1024
MOST_READ = 256 * 1024 * 1024
"""Arrays larger than this are no model of ours: a small file must not unpack into all memory."""
_ARRAYS = ("idf", "weights", "bias")


class Unusable(ValueError):
    """The file is no model that can be used (模型不可用); the message says why, in Chinese."""


def packed(model: Model) -> bytes:
    """Return a model as the bytes of its file (打包). Raises Unusable when it would be too large."""
    arrays = {"idf": model.features.idf.astype("<f4"), "weights": model.weights.astype("<f2"),
              "bias": model.bias.astype("<f4")}
    told = {"format": FORMAT, "categories": model.categories, "words": model.features.words,
            "pairs": model.features.pairs, "titles": model.features.titles, "threshold": model.threshold,
            "said": model.said}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    parts = {f"{name}.npy": _bytes(array) for name, array in arrays.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in {"model.json": text, **parts, "digest": _digest(text, parts).encode()}.items():
            box.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    if file.tell() > MOST_BYTES:
        raise Unusable("模型超过 10 MB：类别太多")
    return file.getvalue()


def unpacked(data: bytes) -> Model:
    """Return the model a file holds (读模型). Raises Unusable when it is damaged or not one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            sizes = {info.filename: info.file_size for info in box.infolist()}
            if sum(sizes.values()) > MOST_READ:
                raise Unusable("内容过大，不是分办模型")
            text, said = box.read("model.json"), box.read("digest").decode("ascii")
            parts = {f"{name}.npy": box.read(f"{name}.npy") for name in _ARRAYS}
    except Unusable:
        raise
    except Exception as fault:  # zipfile raises half a dozen kinds for what is no zip or a torn one
        raise Unusable("文件已损坏，或不是分办模型") from fault
    if _digest(text, parts) != said:
        raise Unusable("文件的校验值不符，内容已损坏或被改动")
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise Unusable(f"这是另一种格式的模型（{str(told['format'])[:40]}），请重新训练")
        return _of(told, {name: _array(parts[f"{name}.npy"]) for name in _ARRAYS}, said)
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise fault if isinstance(fault, Unusable) else Unusable("各部分对不上，内容已损坏") from fault


def save(model: Model, path: Path) -> str:
    """Write a model (存模型) so that a reader finds the old or the new one, never half; return its version."""
    data = packed(model)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return unpacked(data).version


def load(path: Path) -> Model:
    """Read a model from its file (取模型). Raises Unusable, and OSError when it can't be read."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unusable("文件超过 10 MB，不是分办模型")
    return unpacked(data)


def _of(told: dict, arrays: dict[str, np.ndarray], digest: str) -> Model:
    words, pairs, categories = (tuple(told[name]) for name in ("words", "pairs", "categories"))
    weights = arrays["weights"].astype(np.float32)
    if weights.shape != (len(words) + len(pairs), len(categories)) or len(arrays["bias"]) != len(categories) \
            or len(arrays["idf"]) != len(weights) or len(categories) < 2 \
            or not all(np.isfinite(array).all() for array in arrays.values()):
        raise Unusable("各部分对不上，内容已损坏")
    return Model(categories, Features(words, pairs, arrays["idf"], int(told["titles"])), weights, arrays["bias"],
                 float(told["threshold"]), told["said"], digest[:12])


def _bytes(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _array(data: bytes) -> np.ndarray:
    return np.load(io.BytesIO(data), allow_pickle=False)


def _digest(text: bytes, parts: dict[str, bytes]) -> str:
    whole = hashlib.sha256(text)
    for name in sorted(parts):
        whole.update(name.encode() + parts[name])
    return whole.hexdigest()
