INSERT INTO contexts SELECT DISTINCT c.value, e.current, e.day, e.n
    FROM events e, jsonb_array_elements_text(coalesce(e.body::jsonb -> 'contexts', '[]')) c (value);
