"""Opening a learned model's graph: the one place that sets ONNX Runtime's options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnxruntime


def open_session(graph: Path, threads: int = 1) -> Any:
    """An inference session on the processor, with that many threads.

    Raises what ONNX Runtime raises for a broken file: exceptions of its own, straight from Exception.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
