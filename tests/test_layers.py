"""Who may import whom: the table of docs/architecture.md, read from the source itself."""

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "legation"
MAY = {
    "story": set(),
    "errors": set(),
    "words": {"errors", "story"},
    "world": {"errors", "story"},
    "questions": {"story", "words", "world"},
    "ingest": {"story", "errors"},
    "parse": {"story", "errors"},
    "records": {"story", "errors"},
    "show": {"story", "records"},
    "evaluate": {"errors", "story", "records"},
    "reconcile": {"errors", "story", "world"},
    "store": {"errors", "story", "parse", "reconcile"},
    "study": {"errors", "story", "store"},
    "watch": {"story", "errors", "ingest", "store", "pipeline"},
    "intake": {"story", "errors", "ingest", "parse", "pipeline", "store"},
    "tables": set(),
    "exports": {"story", "store", "tables"},
    "groups": {"errors", "evaluate"},
    "web": {"errors", "story", "records", "store", "study", "pipeline", "tables"},
    "pipeline": {"story", "errors", "ingest", "parse", "questions", "words", "world"},
}
FREE = {"cli", "__init__"}


def imports(path: Path) -> set[str]:
    """Rooms of ours that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "legation":
                found |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("legation."):
                found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("legation.")}
    return found


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE))
)
def test_a_room_imports_only_what_the_table_allows(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room in FREE:
        return
    allowed = MAY[room] | {room, "__version__"}
    assert imports(path) - allowed == set()


def test_import_is_fast_and_loads_nothing() -> None:
    code = "import sys, legation; print('onnxruntime' in sys.modules, 'numpy' in sys.modules)"
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    cost = (bare - started) - (time.perf_counter() - bare)
    assert done.stdout.split() == ["False", "False"]
    assert cost < 0.5  # 0.1 s on a quiet machine
