-- What pages ask of a million events is one range of an index: columns that were looked up in
-- another table stand where the index can hold them, and every order of a list has its index.

-- Grows with every transaction that writes: as long as it stays, a question has the same answer.
CREATE TABLE version (
    n {int} NOT NULL
);
INSERT INTO version VALUES (1);

-- Stories: lists sort an unknown day as '', coverage needs outlet and originals only.
DROP INDEX stories_by_day;
DROP INDEX stories_by_outlet;
CREATE INDEX stories_by_day ON stories (published, outlet, original);
CREATE INDEX stories_by_newest ON stories (coalesce(published, ''), n, first_seen, original);
CREATE INDEX stories_by_outlet ON stories (outlet, coalesce(published, ''), n);
DROP INDEX stories_by_family;
CREATE INDEX stories_by_family ON stories (family, coalesce(published, ''), n);

-- Events: outlet and day of the story, and the contexts, which stood in the JSON only.
ALTER TABLE events ADD COLUMN outlet {int} REFERENCES outlets (n);
ALTER TABLE events ADD COLUMN published {text};
UPDATE events SET outlet = (SELECT s.outlet FROM stories s WHERE s.n = events.story),
    published = (SELECT s.published FROM stories s WHERE s.n = events.story);
DROP INDEX events_by_day;
DROP INDEX events_by_type;
DROP INDEX events_by_status;
CREATE INDEX events_by_day ON events (current, day, n, story, published, confidence, coded, superseded);
CREATE INDEX events_by_published ON events (current, published);
CREATE INDEX events_by_confidence ON events (current, confidence);
CREATE INDEX events_by_type ON events (current, type, status, day, n, confidence);
CREATE INDEX events_by_status ON events (current, status, day, n, confidence);
DROP INDEX events_by_story;
DROP INDEX events_by_happening;
CREATE INDEX events_by_story ON events (story, n, current, day, happening);
CREATE INDEX events_by_happening ON events (happening, n, current, story);
CREATE INDEX events_by_mode ON events (current, mode, day, n);
CREATE INDEX events_by_place ON events (current, place_country, day, n, happening);
CREATE INDEX events_by_outlet ON events (current, outlet, day, n);
CREATE INDEX events_reviewed ON events (current, day, n) WHERE reviewed = 1;

CREATE TABLE contexts (                     -- the contexts of an event
    context {text} NOT NULL,
    current {int} NOT NULL,
    day {text} NOT NULL,
    event {int} NOT NULL REFERENCES events (n),
    PRIMARY KEY (context, current, day, event)
){rowless};
CREATE INDEX contexts_by_event ON contexts (event);

-- Who takes part: with type and status a side's series is counted from the index alone.
ALTER TABLE who ADD COLUMN type {text} NOT NULL DEFAULT '';
ALTER TABLE who ADD COLUMN status {text} NOT NULL DEFAULT '';
UPDATE who SET type = (SELECT e.type FROM events e WHERE e.n = who.event),
    status = (SELECT e.status FROM events e WHERE e.n = who.event);
DROP INDEX who_by_code;
DROP INDEX who_by_party;
CREATE INDEX who_by_code ON who (code, part, current, day, event, type, status, sector);
CREATE INDEX who_by_party ON who (party, part, current, day, event, type, status);

-- Happenings: what lists filter by stands in their index.
DROP INDEX happenings_by_day;
DROP INDEX happenings_by_type;
CREATE INDEX happenings_by_day ON happenings (day, n, events, reports, independent, confidence, last_day);
CREATE INDEX happenings_by_type ON happenings (type, status, day, n, events);
CREATE INDEX happenings_by_status ON happenings (status, day, n, events);
CREATE INDEX happenings_by_mode ON happenings (mode, day, n, events);
CREATE INDEX happenings_disputed ON happenings (day, n, events) WHERE disputed = 1;

-- Plans: the number of the event that states one (a newer version of it writes the plan anew).
ALTER TABLE plans ADD COLUMN number {int} REFERENCES events (n);
UPDATE plans SET number = (SELECT e.n FROM events e WHERE e.id = plans.event AND e.current = 1);
DROP INDEX plans_by_due;
DROP INDEX plans_by_outcome;
CREATE INDEX plans_by_due ON plans (coalesce(due_last, '9999'), event, due_first, outcome);
CREATE INDEX plans_by_outcome ON plans (outcome, coalesce(due_last, '9999'), event, due_first);
CREATE INDEX plans_by_number ON plans (number);
CREATE INDEX plans_by_deciding_story ON plans (by_story);
