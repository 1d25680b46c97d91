-- What a page asks of two sides, or of one, then as well as now, stands in the index that it walks:
-- no row of an event or a happening is fetched on the way. The copies are kept true by the writer,
-- and `legation doctor` compares them.

ALTER TABLE pairs RENAME TO pairs_before;
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
    last_day {text} NOT NULL,               -- from here on as in events
    published {text},
    coded {text} NOT NULL,
    superseded {text},
    happening {int} REFERENCES happenings (n),
    PRIMARY KEY (a, b, current, day, event)
){rowless};
INSERT INTO pairs SELECT p.a, p.b, p.current, p.day, p.event, p.directed, p.type, p.status, p.days,
    e.last_day, e.published, e.coded, e.superseded, e.happening
    FROM pairs_before p JOIN events e ON e.n = p.event ORDER BY 1, 2, 3, 4, 5;
DROP TABLE pairs_before;
CREATE INDEX pairs_by_event ON pairs (event);

ALTER TABLE who RENAME TO who_before;
CREATE TABLE who (                          -- who takes part in an event, and as what
    event {int} NOT NULL REFERENCES events (n),
    part {text} NOT NULL,                   -- actor, recipient or source
    position {int} NOT NULL,
    party {int} NOT NULL REFERENCES parties (n),
    code {text} NOT NULL,                   -- country or body, '' when unknown
    sector {text} NOT NULL,
    current {int} NOT NULL,                 -- from here on as in events
    day {text} NOT NULL,
    type {text} NOT NULL,
    status {text} NOT NULL,
    last_day {text} NOT NULL,
    published {text},
    coded {text} NOT NULL,
    superseded {text},
    PRIMARY KEY (event, part, position)
){rowless};
INSERT INTO who SELECT w.event, w.part, w.position, w.party, w.code, w.sector, w.current, w.day, w.type,
    w.status, e.last_day, e.published, e.coded, e.superseded
    FROM who_before w JOIN events e ON e.n = w.event ORDER BY 1, 2, 3;
DROP TABLE who_before;
CREATE INDEX who_by_code ON who
    (code, part, current, day, event, type, status, sector, last_day, published, coded, superseded);
CREATE INDEX who_by_party ON who (party, part, current, day, event, type, status);

ALTER TABLE happening_pairs RENAME TO happening_pairs_before;
CREATE TABLE happening_pairs (
    a {text} NOT NULL,
    b {text} NOT NULL,
    day {text} NOT NULL,
    happening {int} NOT NULL REFERENCES happenings (n),
    directed {int} NOT NULL,
    id {text} NOT NULL,                     -- from here on as in happenings
    type {text} NOT NULL,
    mode {text},
    status {text} NOT NULL,
    last_day {text} NOT NULL,
    reports {int} NOT NULL,
    independent {int} NOT NULL,
    confidence {real} NOT NULL,
    last_published {text},
    changed {text} NOT NULL,
    PRIMARY KEY (a, b, day, happening)
){rowless};
INSERT INTO happening_pairs SELECT p.a, p.b, p.day, p.happening, p.directed, h.id, p.type, h.mode,
    p.status, h.last_day, h.reports, h.independent, h.confidence, h.last_published, h.changed
    FROM happening_pairs_before p JOIN happenings h ON h.n = p.happening ORDER BY 1, 2, 3, 4;
DROP TABLE happening_pairs_before;
CREATE INDEX happening_pairs_by_happening ON happening_pairs (happening);
