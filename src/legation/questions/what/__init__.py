"""What was done? Candidate acts at words, their participants, and the algebra of operators.

A word that a pattern of the lexicon matches becomes an `Act` when its participants pass the frame's
needs (finding, arguments, unfit); an operator takes the act in its complement (composition).
"""

from legation.questions.what.acts import Act, Refusal, Scene
from legation.questions.what.composition import SILENCE
from legation.questions.what.deeds import joined
from legation.questions.what.finding import FIGURE, Finder
from legation.questions.what.turns import no_acts
from legation.questions.what.unfit import sporting

__all__ = [
    "FIGURE",
    "SILENCE",
    "Act",
    "Finder",
    "Refusal",
    "Scene",
    "joined",
    "no_acts",
    "sporting",
]
