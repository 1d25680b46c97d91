-- Full-text search. Without content of its own: the text is kept once, compressed, in stories.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
