INSERT INTO contexts SELECT DISTINCT c.value, e.current, e.day, e.n
    FROM events e, json_each(e.body, '$.contexts') c;
