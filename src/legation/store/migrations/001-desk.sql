-- The desk: what came in, what was read in it, and what a person said about it.
-- Words in braces are filled in per database (dialect.py). Times are UTC, ISO 8601, milliseconds, "Z";
-- days are ISO dates; unknown is NULL, never a first of January - but '' in columns that lists are
-- sorted by (day, last_day), because the databases sort NULL at different ends.

CREATE TABLE outlets (
    n {serial},
    name {text} NOT NULL UNIQUE,            -- '' is the unknown outlet
    first_seen {text} NOT NULL
);

CREATE TABLE readings (                     -- which package, model and lexicon wrote an event
    n {serial},
    version {text} NOT NULL UNIQUE,
    first_used {text} NOT NULL
);

CREATE TABLE stories (
    n {serial},
    id {text} NOT NULL UNIQUE,              -- content hash of text, outlet and day: the same story twice is one
    digest {text} NOT NULL,                 -- SHA-256 of the text as kept
    given {text} NOT NULL,                  -- the id its giver used, '' when none
    outlet {int} NOT NULL REFERENCES outlets (n),
    url {text},
    title {text} NOT NULL,
    language {text},
    published {text},                       -- day
    first_seen {text} NOT NULL,
    read_at {text} NOT NULL,
    reading {int} NOT NULL REFERENCES readings (n),
    size {int} NOT NULL,                    -- characters
    text {blob} NOT NULL,                   -- zlib of UTF-8
    family {int} NOT NULL,                  -- n of the first story that this one copies, or its own
    original {int} REFERENCES stories (n),  -- the story that it copies
    likeness {real}                         -- share of its words that stand in the original, 0..1
);
CREATE INDEX stories_by_day ON stories (published, n);
CREATE INDEX stories_by_outlet ON stories (outlet, published, n);
CREATE INDEX stories_by_seen ON stories (first_seen, n);
CREATE INDEX stories_by_family ON stories (family);
CREATE INDEX stories_by_reading ON stories (reading);
CREATE INDEX stories_by_url ON stories (url);
CREATE INDEX stories_by_given ON stories (given);

CREATE TABLE marks (                        -- where copies meet: hashes of runs of words (reconcile.copies)
    mark {int} NOT NULL,
    story {int} NOT NULL REFERENCES stories (n),
    PRIMARY KEY (mark, story)
){rowless};

CREATE TABLE problems (
    n {serial},
    story {int} REFERENCES stories (n),     -- NULL: nothing came of the location at all
    location {text} NOT NULL,
    code {text} NOT NULL,
    message {text} NOT NULL,
    first {int} NOT NULL,                   -- characters first..last of the story, -1: all of it
    last {int} NOT NULL,
    at {text} NOT NULL,
    UNIQUE (story, code, message, first)
);
CREATE INDEX problems_by_code ON problems (code, n);

CREATE TABLE happenings (
    n {serial},
    id {text} NOT NULL UNIQUE,
    merged_into {int} REFERENCES happenings (n),  -- the happening that it became part of
    created {text} NOT NULL,
    changed {text} NOT NULL,
    events {int} NOT NULL,                  -- current events; 0 when it has none any more
    reports {int} NOT NULL,                 -- stories that tell it
    independent {int} NOT NULL,             -- of them, not copies of each other
    outlets {int} NOT NULL,
    type {text},
    mode {text},
    status {text},
    disputed {int} NOT NULL,                -- 1: reports disagree whether it happened
    day {text} NOT NULL,                    -- first day of the act, or of publication
    last_day {text} NOT NULL,
    first_published {text},
    last_published {text},
    confidence {real} NOT NULL,
    body {text} NOT NULL                    -- JSON: story.Happening without what stands in columns
);
CREATE INDEX happenings_by_day ON happenings (day, n);
CREATE INDEX happenings_by_type ON happenings (type, day, n);
CREATE INDEX happenings_by_change ON happenings (changed, n);
CREATE INDEX happenings_by_merger ON happenings (merged_into);

CREATE TABLE events (                       -- one row a version; the current one has superseded NULL
    n {serial},
    id {text} NOT NULL,                     -- hash of story and trigger: survives re-reading
    story {int} NOT NULL REFERENCES stories (n),
    current {int} NOT NULL,                 -- 1, or 0 once superseded
    happening {int} REFERENCES happenings (n),
    type {text} NOT NULL,
    mode {text},
    status {text} NOT NULL,
    day {text} NOT NULL,                    -- first day of the act, else day of publication
    last_day {text} NOT NULL,
    days {int} NOT NULL,                    -- precision: length of the span in days; 0: no date in the text
    place_country {text},
    confidence {real} NOT NULL,
    coded {text} NOT NULL,                  -- when this version was written
    superseded {text},                      -- when a later version replaced it
    reading {int} NOT NULL REFERENCES readings (n),
    reviewed {int} NOT NULL,                -- 1: a person has accepted or corrected it
    sentence {text} NOT NULL,               -- the sentence in which the act stands
    body {text} NOT NULL                    -- JSON: the whole event, with position and quote selectors
);
CREATE INDEX events_by_id ON events (id, n);
CREATE INDEX events_by_story ON events (story, n);
CREATE INDEX events_by_day ON events (current, day, n);
CREATE INDEX events_by_type ON events (current, type, day, n);
CREATE INDEX events_by_status ON events (current, status, day, n);
CREATE INDEX events_by_happening ON events (happening, n);
CREATE INDEX events_by_coded ON events (coded, n);

CREATE TABLE parties (                      -- everybody who was ever named
    n {serial},
    key {text} NOT NULL UNIQUE,
    name {text},
    country {text},
    sector {text} NOT NULL,
    entity {text} NOT NULL,
    folded {text} NOT NULL,                 -- the name in lower case, without accents
    first_day {text},
    last_day {text}
);
CREATE INDEX parties_by_name ON parties (folded);
CREATE INDEX parties_by_entity ON parties (entity);

CREATE TABLE roles (                        -- what was learned of them, with the first story that said so
    party {int} NOT NULL REFERENCES parties (n),
    role {text} NOT NULL,
    country {text} NOT NULL,
    sector {text} NOT NULL,
    first_day {text},
    last_day {text},
    story {int} NOT NULL REFERENCES stories (n),
    PRIMARY KEY (party, role, country, sector)
);

CREATE TABLE who (                          -- who takes part in an event, and as what
    event {int} NOT NULL REFERENCES events (n),
    part {text} NOT NULL,                   -- actor, recipient or source
    position {int} NOT NULL,
    party {int} NOT NULL REFERENCES parties (n),
    code {text} NOT NULL,                   -- country or body, '' when unknown
    sector {text} NOT NULL,
    current {int} NOT NULL,
    day {text} NOT NULL,
    PRIMARY KEY (event, part, position)
){rowless};
CREATE INDEX who_by_code ON who (code, part, current, day, event);
CREATE INDEX who_by_party ON who (party, part, current, day, event);

CREATE TABLE pairs (                        -- directed pairs; a symmetric act stands in both directions
    a {text} NOT NULL,
    b {text} NOT NULL,
    current {int} NOT NULL,
    day {text} NOT NULL,
    event {int} NOT NULL REFERENCES events (n),
    directed {int} NOT NULL,                -- 1: a is actor, b recipient; 0: both are actors
    type {text} NOT NULL,
    status {text} NOT NULL,
    days {int} NOT NULL,
    PRIMARY KEY (a, b, current, day, event)
){rowless};
CREATE INDEX pairs_by_event ON pairs (event);

CREATE TABLE blocks (                       -- where events that may be one act meet (reconcile.keys)
    key {text} NOT NULL,
    first {text} NOT NULL,
    event {int} NOT NULL REFERENCES events (n),
    last {text} NOT NULL,
    PRIMARY KEY (key, first, event)
){rowless};
CREATE INDEX blocks_by_event ON blocks (event);

CREATE TABLE happening_pairs (
    a {text} NOT NULL,
    b {text} NOT NULL,
    day {text} NOT NULL,
    happening {int} NOT NULL REFERENCES happenings (n),
    directed {int} NOT NULL,
    type {text} NOT NULL,
    status {text} NOT NULL,
    independent {int} NOT NULL,
    PRIMARY KEY (a, b, day, happening)
){rowless};
CREATE INDEX happening_pairs_by_happening ON happening_pairs (happening);

CREATE TABLE happening_who (
    code {text} NOT NULL,
    part {text} NOT NULL,
    day {text} NOT NULL,
    happening {int} NOT NULL REFERENCES happenings (n),
    PRIMARY KEY (code, part, day, happening)
){rowless};
CREATE INDEX happening_who_by_happening ON happening_who (happening);

CREATE TABLE members (                      -- which event was told of which happening, and when we thought so
    event {text} NOT NULL,
    happening {int} NOT NULL REFERENCES happenings (n),
    since {text} NOT NULL,
    until {text},
    PRIMARY KEY (event, happening, since)
);
CREATE INDEX members_by_happening ON members (happening);

CREATE TABLE history (                      -- mergers and splits of happenings
    n {serial},
    at {text} NOT NULL,
    happening {int} NOT NULL REFERENCES happenings (n),
    other {int} NOT NULL REFERENCES happenings (n),
    what {text} NOT NULL,                   -- merged-into, split-from
    person {text}                           -- NULL: the machine
);
CREATE INDEX history_by_happening ON history (happening);

CREATE TABLE plans (
    event {text} NOT NULL PRIMARY KEY,      -- id of the event that states the plan
    story {int} NOT NULL REFERENCES stories (n),
    due_first {text},
    due_last {text},
    outcome {text} NOT NULL,                -- kept, cancelled, contradicted, open (lapsed is told by the day)
    by_event {text},                        -- id of the event that decided it
    by_story {int} REFERENCES stories (n),
    score {real} NOT NULL,
    decided {text} NOT NULL
);
CREATE INDEX plans_by_due ON plans (due_last, event);
CREATE INDEX plans_by_outcome ON plans (outcome, due_last);
CREATE INDEX plans_by_decider ON plans (by_event);

CREATE TABLE plan_history (
    n {serial},
    event {text} NOT NULL,
    at {text} NOT NULL,
    outcome {text} NOT NULL,
    by_event {text}
);
CREATE INDEX plan_history_by_event ON plan_history (event, n);

CREATE TABLE reviews (                      -- a person's word; no re-reading overwrites it
    n {serial},
    kind {text} NOT NULL,                   -- event, happening, story, plan
    target {text} NOT NULL,                 -- id
    verdict {text} NOT NULL,                -- accept, correct, reject, same, different, copy, no-copy
    changes {text} NOT NULL,                -- JSON
    person {text} NOT NULL,
    note {text} NOT NULL,
    at {text} NOT NULL,
    undone {text}
);
CREATE INDEX reviews_by_target ON reviews (kind, target, n);

CREATE TABLE feeds (
    n {serial},
    url {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    outlet {text} NOT NULL,
    every {int} NOT NULL,                   -- seconds between looks
    low {int},                              -- stories a day expected at least, at most
    high {int},
    active {int} NOT NULL,
    etag {text},
    modified {text},
    added {text} NOT NULL,
    next_due {text} NOT NULL,
    last_try {text},
    last_good {text},
    last_new {text},
    failures {int} NOT NULL,                -- in a row
    error {text}
);

CREATE TABLE looks (                        -- every look at a feed
    n {serial},
    feed {int} NOT NULL REFERENCES feeds (n),
    at {text} NOT NULL,
    outcome {text} NOT NULL,                -- good, unchanged, failed
    seen {int} NOT NULL,
    added {int} NOT NULL,
    seconds {real} NOT NULL,
    message {text} NOT NULL
);
CREATE INDEX looks_by_feed ON looks (feed, at);

CREATE TABLE heartbeats (
    name {text} NOT NULL PRIMARY KEY,
    host {text} NOT NULL,
    process {int} NOT NULL,
    started {text} NOT NULL,
    at {text} NOT NULL,
    state {text} NOT NULL
);
