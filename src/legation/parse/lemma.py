"""What is the dictionary form of a word? A rule "casing + edit" chosen by the model is applied.

The edit works on the lower-cased form: strip k characters from its end and append a string, or
take a whole lemma. A rule is written "L2y": casing L, strip 2, append "y"; or "K=be": the lemma
itself. Casings, tried in this order when rules are learned: L lower, K lemma written like the
form, T first letter upper, U all upper, S the edit is spelled with its own case.
"""


def rule_of(form: str, lemma: str) -> str:
    """The rule that turns a form into its lemma: rule_of("cities", "city") == "L3y"."""
    if lemma == form and lemma != lemma.lower():
        return "K"
    low, target = form.lower(), lemma.lower()
    shared = _shared(low, target)
    edit = f"{len(low) - shared}{target[shared:]}" if shared else f"={target}"
    for casing in "LTU":
        if apply(casing + edit, form) == lemma:
            return casing + edit
    return f"S={lemma}"


def apply(rule: str, form: str) -> str:
    """The lemma that a rule gives for a form: apply("L3y", "cities") == "city"."""
    casing, edit = rule[0], rule[1:]
    if casing == "K":
        return form
    if casing == "S":
        return edit[1:]
    lemma = _edited(form.lower(), edit)
    if casing == "T":
        return lemma[:1].upper() + lemma[1:]
    return lemma.upper() if casing == "U" else lemma


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _edited(low: str, edit: str) -> str:
    if edit.startswith("="):
        return edit[1:]
    digits = len(edit) - len(edit.lstrip("0123456789"))
    cut = int(edit[:digits] or 0)
    return low[: max(len(low) - cut, 0)] + edit[digits:]
