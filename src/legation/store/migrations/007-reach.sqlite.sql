UPDATE blocks SET
    first = (SELECT date(e.published, CASE e.status WHEN 'planned' THEN '-60 days' ELSE '-63 days' END)
        FROM events e WHERE e.n = blocks.event),
    last = (SELECT date(e.published, CASE e.status WHEN 'planned' THEN '+120 days' ELSE '+60 days' END)
        FROM events e WHERE e.n = blocks.event)
    WHERE event IN (SELECT n FROM events WHERE days = 0 AND coalesce(published, '') <> '')
    AND substr(key, 1, 4) <> 'act|' AND substr(key, 1, 5) NOT IN ('plan|', 'hear|');
