"""The same embeddings in a third of the time: spaCy's token-to-vector network in plain NumPy.

Most of a small spaCy model's time goes into four convolutions over hashed embeddings, whose products run
through cython-blis.  Here the embeddings' half of the first product is done once for each row of the
tables and once for each word, and the rest goes through NumPy's BLAS, which is three times as fast.  The
numbers are those of spaCy's own layers up to the rounding of single floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model as Layer
from thinc.api import NumpyOps

Floats = NDArray[np.float32]

_KEPT = 60_000  # words whose vector is kept (23 MB); more than that and the table begins anew
_EPSILON = 1e-8  # thinc's layer normalisation adds it to the variance
_EMBED = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


def speed_up(pipe_model: Any) -> int:
    """Replace the layers that are known here, in place; returns how many were.

    Vectors, transformers and networks built otherwise are left as they are.
    """
    done = 0
    for layer in list(pipe_model.walk()):
        fast = _embedding(layer) or _convolution(layer)
        if fast is not None:
            pipe_model.replace_node(layer, fast)
            done += 1
    for layer in pipe_model.walk():
        if type(layer.ops) is NumpyOps:
            layer.ops = _Ops()
    return done


class _Ops(NumpyOps):  # type: ignore[misc]
    """thinc's operations, with matrix products by NumPy's BLAS."""

    def gemm(
        self, x: Floats, y: Floats, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        """The product of two matrices, transposed where asked."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


class Norm:
    """A maxout layer with its normalisation, the weights laid out so that pieces lie side by side."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        weights: Floats = maxout.get_param("W")  # (outputs, pieces, inputs)
        self.width, self.pieces, self.inputs = weights.shape
        self.weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(self.inputs, -1))
        self.bias = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.scale: Floats = norm.get_param("G")
        self.shift: Floats = norm.get_param("b")

    def activate(self, products: Floats) -> Floats:
        """The largest piece of each output, normalised over the outputs; `products` is overwritten."""
        products += self.bias
        best = products[:, : self.width]
        for piece in range(1, self.pieces):
            other = products[:, piece * self.width : (piece + 1) * self.width]
            best = np.maximum(best, other, out=best)
        out: Floats = best - best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", out, out) / self.width + np.float32(_EPSILON)
        out *= (1 / np.sqrt(variance))[:, None]
        out *= self.scale
        out += self.shift
        return out


class Words:
    """Hashed embeddings, mixed: a function of the word alone, so that each word is computed once."""

    def __init__(self, columns: list[int], tables: list[Any], norm: Norm) -> None:
        self.columns = columns
        self.norm = norm
        self.hashes = [(table.attrs["seed"], table.get_dim("nV"), table.ops) for table in tables]
        width = norm.inputs // len(tables)
        # A row's share of the product, once for each row: the sum of the shares is the product.
        self.shares = [
            table.get_param("E") @ norm.weights[n * width : (n + 1) * width] for n, table in enumerate(tables)
        ]
        self.known: dict[int, int] = {}
        self.vectors: Floats = np.zeros((1024, norm.width), dtype=np.float32)

    def __call__(self, docs: Sequence[Any]) -> list[Floats]:
        """One array of word vectors for each document."""
        features = np.concatenate([doc.to_array(self.columns) for doc in docs]).astype(np.uint64)
        keys = features[:, 0]
        for column in range(1, features.shape[1]):
            keys = keys * np.uint64(0x9E3779B97F4A7C15) ^ features[:, column]
        unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        rows = self._rows(unique.tolist(), features[first])
        vectors = self.vectors[rows[inverse]]
        ends = np.cumsum([len(doc) for doc in docs])
        return np.split(vectors, ends[:-1])

    def _rows(self, keys: list[int], features: NDArray[np.uint64]) -> NDArray[np.intp]:
        """Where the vectors of these words stand in the table; new words are added to it."""
        if len(self.known) + len(keys) > _KEPT:
            self.known.clear()
        new = [n for n, key in enumerate(keys) if key not in self.known]
        if new:
            start = len(self.known)
            self.known.update((keys[n], start + k) for k, n in enumerate(new))
            while len(self.vectors) < len(self.known):
                self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.vectors[start : len(self.known)] = self._compute(features[new])
        return np.array([self.known[key] for key in keys], dtype=np.intp)

    def _compute(self, features: NDArray[np.uint64]) -> Floats:
        total = np.zeros((len(features), self.norm.weights.shape[1]), dtype=np.float32)
        for column, ((seed, rows, ops), share) in enumerate(zip(self.hashes, self.shares, strict=True)):
            places = ops.hash(np.ascontiguousarray(features[:, column]), seed) % rows
            for n in range(places.shape[1]):
                total += share[places[:, n]]
        return self.norm.activate(total)


class Convolutions:
    """Residual layers over windows of three words."""

    def __init__(self, norms: list[Norm]) -> None:
        self.norms = norms

    def __call__(self, words: Floats) -> Floats:
        """The vectors of a text's words in their context."""
        count, width = words.shape
        window: Floats = np.zeros((count, 3 * width), dtype=np.float32)
        for norm in self.norms:
            window[1:, :width] = words[:-1]
            window[:, width : 2 * width] = words
            window[:-1, 2 * width :] = words[1:]
            words = words + norm.activate(window @ norm.weights)
        return words


def _layer(name: str, compute: Callable[[Any], Any], width: int) -> Any:
    def forward(_: Any, inputs: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
        assert not is_train, "the fast layers cannot be trained"
        return compute(inputs), lambda gradient: gradient

    return Layer(name, forward, dims={"nO": width, "nI": None})


def _embedding(layer: Any) -> Any | None:
    """The fast form of a multi-hash embedding, or None for any other layer."""
    parts = layer.layers
    if len(parts) != len(_EMBED) or any(not p.name.startswith(n) for p, n in zip(parts, _EMBED, strict=True)):
        return None
    tables = [node for node in parts[2].walk() if node.name == "hashembed"]
    norm = _norm(parts[3])
    columns = parts[0].attrs["columns"]
    if norm is None or len(tables) != len(columns) or norm.inputs != sum(t.get_dim("nO") for t in tables):
        return None
    if [table.attrs["column"] for table in tables] != list(range(len(tables))):
        return None
    return _layer("word_vectors", Words(columns, tables, norm), norm.width)


def _convolution(layer: Any) -> Any | None:
    """The fast form of the inside of a window encoder, or None for any other layer."""
    if not layer.layers or any(not p.name.startswith("residual(expand_window") for p in layer.layers):
        return None
    norms = [_norm(part) for part in layer.layers]
    windows = [n.attrs["window_size"] for n in layer.walk() if n.name == "expand_window"]
    if any(n is None or n.inputs != 3 * n.width for n in norms) or set(windows) != {1}:
        return None
    found = [n for n in norms if n is not None]
    return _layer("convolutions", Convolutions(found), found[-1].width)


def _norm(layer: Any) -> Norm | None:
    """The one maxout with its normalisation inside a layer, or None where there are not exactly these."""
    maxouts = [n for n in layer.walk() if n.name == "maxout"]
    norms = [n for n in layer.walk() if n.name == "layernorm"]
    return Norm(maxouts[0], norms[0]) if len(maxouts) == len(norms) == 1 else None
