-- A report may tell what became of a plan in a sentence without an act, or name no party of it in
-- any act: plans and reports meet by what a report names. Stories added before have none of these
-- until they are read anew; their plans are followed by acts, as they were.
CREATE TABLE mentions (
    key {text} NOT NULL,                    -- a country's code, or @ and a word of a name
    day {text} NOT NULL,                    -- of publication
    story {int} NOT NULL REFERENCES stories (n),
    PRIMARY KEY (key, day, story)
){rowless};
CREATE INDEX mentions_by_story ON mentions (story);
