"""What tests of following plans share."""

import pytest

from legation.store import following
from legation.story import Sequel

UNDECIDED = Sequel(0.4, 0.0, 0.2, 0.2, 0.2)


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network hears a little of every end in every sentence, and so decides nothing."""
    monkeypatch.setattr(following, "_ask", lambda *asked: [UNDECIDED] * len(asked[3]))
