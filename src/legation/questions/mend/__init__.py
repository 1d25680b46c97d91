"""Mends frequent slips of the parser where a rule of the language says how the tree must be.

`mended(sentence)` gives the sentence with heads, labels and tags put right; what no rule touches
stays as parsed. Each rule is general: it looks at tags, labels and word classes, never at names.
"""

from __future__ import annotations

from legation.questions.mend import clauses, headlines, particles, phrases, speech, tags
from legation.questions.mend.draft import Draft
from legation.story import Sentence

RULES = (
    headlines.verbless_headlines,
    tags.false_particles,
    tags.nouns_no_adverbs,
    particles.due_to_land,
    particles.set_free,
    particles.handed_over,
    particles.down_tools,
    phrases.names_of_people,
    phrases.glued_names,
    phrases.titles_of_people,
    phrases.owners,
    phrases.far_relatives,
    phrases.prepositional_complements,
    clauses.turned_conditions,
    clauses.gerund_complements,
    clauses.gerunds_of_adjectives,
    clauses.bare_participles,
    clauses.subjects_of_adverbs,
    clauses.due_somewhere,
    clauses.stray_particles,
    clauses.early_objects,
    clauses.lone_indirect_objects,
    tags.nouns_taken_for_verbs,
    tags.gerunds_with_an_article,
    tags.verbs_taken_for_adjectives,
    tags.left_in_a_state,
    clauses.headline_infinitives,
    speech.hearers,
    speech.speakers_conjuncts,
    speech.fronted_subjects,
    clauses.crossing_subjects,
    speech.late_subjects,
    speech.inverted_subjects,
    speech.split_quotations,
    speech.said_in_a_statement,
    clauses.finite_conjuncts,
    clauses.near_conjuncts,
    clauses.found_guilty,
    clauses.blamed_on,
    clauses.gerunds_after_of,
)  # in this order: a later rule relies on what an earlier one put right


def mended(sentence: Sentence) -> Sentence:
    """The sentence with its tree put right."""
    draft = Draft(sentence)
    for rule in RULES:
        rule(draft)
    return draft.done()
