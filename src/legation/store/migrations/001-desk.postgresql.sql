-- Full-text search: title weighs more than text, as in SQLite's bm25 call.
CREATE TABLE search (
    story BIGINT PRIMARY KEY REFERENCES stories (n),
    words TSVECTOR NOT NULL
);
CREATE INDEX search_words ON search USING GIN (words);
