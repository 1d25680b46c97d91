"""The notebook of examples/ runs as it is on the example desk and makes the figure of a paper."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from legation.store import Desk

ROOT = Path(__file__).parent.parent.parent


def test_the_notebook_makes_its_figure(demo: Desk, tmp_path: Path) -> None:
    pytest.importorskip("marimo", reason="the extra notebook is missing")
    pytest.importorskip("altair", reason="the extra notebook is missing")
    (tmp_path / "desk.db").symlink_to(demo.url.removeprefix("sqlite:///"))
    notebook = ROOT / "examples" / "relation.py"
    paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    ran = subprocess.run(
        [sys.executable, str(notebook)], cwd=tmp_path, capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    figure = tmp_path / "guyana-suriname.pdf"
    assert figure.read_bytes()[:5] == b"%PDF-"
    assert figure.stat().st_size > 10_000


def test_the_notebook_is_a_notebook() -> None:
    marimo = pytest.importorskip("marimo", reason="the extra notebook is missing")
    assert marimo.__version__
    text = (ROOT / "examples" / "relation.py").read_text(encoding="utf-8")
    assert text.count("@app.cell") == 7
