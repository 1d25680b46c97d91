-- Alerts that went out, so that each goes out once; a target that was away is tried again.
CREATE TABLE alerts (
    n {serial},
    rule {text} NOT NULL,                   -- name of the rule in the desk file
    key {text} NOT NULL,                    -- what set it off; the same thing is never told twice
    day {text} NOT NULL,                    -- day as of which the rule held
    title {text} NOT NULL,
    body {text} NOT NULL,                   -- JSON: words and evidence
    fired {text} NOT NULL,
    waiting {text} NOT NULL,                -- JSON: targets that have not got it yet
    UNIQUE (rule, key)
);
CREATE INDEX alerts_by_time ON alerts (fired, n);
