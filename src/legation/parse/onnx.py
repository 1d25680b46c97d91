"""A graph made ready to run by onnxruntime."""

from typing import Any


def session(model: bytes) -> Any:
    """A graph to run; on one core, since several batches run at a time (Parser)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
