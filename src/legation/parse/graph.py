"""Which part of an ONNX graph gives certain outputs? Cuts a model into smaller ones.

Works on the protobuf's bytes: nodes and weights are copied as they stand, so that the run time
needs no ONNX library. The numbers of the fields are those of onnx.proto3. Graphs without control
flow only.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

FLOAT: Final = 1
INT64: Final = 7
_GRAPH: Final = 7  # of a ModelProto
_NODE, _GRAPH_NAME, _WEIGHT, _INPUT, _OUTPUT, _SHAPE = 1, 2, 5, 11, 12, 13  # of a GraphProto
_READS, _WRITES, _NAME = 1, 2, 3  # of a NodeProto
_WEIGHT_NAME: Final = 8  # of a TensorProto
_VALUE_NAME, _TYPE = 1, 2  # of a ValueInfoProto
_TENSOR, _KIND = 1, 1  # of a TypeProto and its Tensor
_SIZED: Final = 2  # the wire type of strings and messages; others have a fixed size or none told
_SIZES: Final = {1: 8, 5: 4}


class _Node(NamedTuple):
    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    message: memoryview


@dataclass(frozen=True, slots=True)
class Graph:
    """A model's nodes in order, and its weights, inputs, outputs and inner values by name."""

    around: tuple[memoryview, ...]  # the model's other fields: versions, operator sets
    nodes: tuple[_Node, ...]
    weights: Mapping[str, memoryview]
    inputs: Mapping[str, memoryview]
    outputs: Mapping[str, memoryview]
    shapes: Mapping[str, memoryview]

    def last_of(self, module: str) -> str:
        """The output of a module, "/label_dep/". Raises KeyError when the graph has none."""
        found = [node.writes[0] for node in self.nodes if node.name.startswith(module)]
        if not found:
            raise KeyError(f"the graph has no module {module}")
        return found[-1]

    def cut(self, outputs: Collection[str], given: Mapping[str, int] | None = None) -> bytes:
        """The model of the nodes that these outputs need.

        `given` are values that come from outside instead of being computed, with their types
        (FLOAT, INT64).
        """
        given = given or {}
        wanted = set(outputs)
        kept: list[_Node] = []
        for node in reversed(self.nodes):
            if any(name in wanted and name not in given for name in node.writes):
                kept.append(node)
                wanted.update(node.reads)
        inputs = {name: value for name, value in self.inputs.items() if name in wanted}
        inputs |= {name: memoryview(_value(name, kind)) for name, kind in given.items()}
        body = [*_field(_GRAPH_NAME, b"cut")]
        for node in reversed(kept):
            body += _field(_NODE, node.message)
        for name, weight in self.weights.items():
            if name in wanted:
                body += _field(_WEIGHT, weight)
        for value in inputs.values():
            body += _field(_INPUT, value)
        for name, shape in self.shapes.items():  # the optimiser joins more nodes if it knows these
            if name in wanted and name not in inputs:
                body += _field(_SHAPE, shape)
        for name in outputs:
            body += _field(_OUTPUT, self.outputs.get(name) or _value(name))
        head = _digits(_GRAPH << 3 | _SIZED) + _digits(sum(map(len, body)))
        return b"".join([*self.around, head, *body])  # megabytes: joined once


def read(model: bytes) -> Graph:
    """Index a model's bytes. Raises ValueError when they are none."""
    around: list[memoryview] = []
    nodes: list[_Node] = []
    shelves: dict[int, dict[str, memoryview]] = {_WEIGHT: {}, _INPUT: {}, _OUTPUT: {}, _SHAPE: {}}
    for number, message, whole in _fields(memoryview(model)):
        if number != _GRAPH:
            around.append(whole)
            continue
        for part, inner, _ in _fields(message):
            if part == _NODE:
                nodes.append(_node(inner))
            elif part in shelves:
                name = _WEIGHT_NAME if part == _WEIGHT else _VALUE_NAME
                shelves[part][_text(inner, name)] = inner
    if not nodes:
        raise ValueError("no graph in it")
    return Graph(tuple(around), tuple(nodes), *shelves.values())


def _node(message: memoryview) -> _Node:
    told: dict[int, list[str]] = {_READS: [], _WRITES: [], _NAME: []}
    for number, value, _ in _fields(message):
        if number in told:
            told[number].append(str(value, "utf-8"))
    return _Node("".join(told[_NAME]), tuple(told[_READS]), tuple(told[_WRITES]), message)


def _text(message: memoryview, wanted: int) -> str:
    found = (value for number, value, _ in _fields(message) if number == wanted)
    return str(next(found, b""), "utf-8")


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """Number, content and the whole with its head of every field of a message."""
    at = 0
    while at < len(message):
        key, start = _number(message, at)
        end = start + _SIZES.get(key & 7, 0)
        if end == start:
            value, end = _number(message, start)
            if key & 7 == _SIZED:
                start, end = end, end + value
        if end > len(message):
            raise ValueError("a field is cut off")
        yield key >> 3, message[start:end], message[at:end]
        at = end


def _number(message: memoryview, at: int) -> tuple[int, int]:
    """A number in base 128, lowest digit first, and where it ends."""
    value, shift = 0, 0
    while True:
        if at >= len(message):
            raise ValueError("a number is cut off")
        value |= (message[at] & 0x7F) << shift
        at += 1
        if message[at - 1] < 0x80:
            return value, at
        shift += 7


def _field(number: int, content: bytes | memoryview) -> tuple[bytes, bytes | memoryview]:
    """The head and content of a field."""
    return _digits(number << 3 | _SIZED) + _digits(len(content)), content


def _digits(value: int) -> bytes:
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _value(name: str, kind: int = 0) -> bytes:
    """A ValueInfoProto: a name, and for an input the type of its tensor, of any shape."""
    named = b"".join(_field(_VALUE_NAME, name.encode()))
    if not kind:
        return named
    tensor = b"".join(_field(_TENSOR, bytes([_KIND << 3, kind])))
    return named + b"".join(_field(_TYPE, tensor))
