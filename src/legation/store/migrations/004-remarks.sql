-- A plan may be decided by a sentence in which no act was read: then it is kept, beside the
-- deciding report's nearest event.
ALTER TABLE plans ADD COLUMN by_sentence {text};
