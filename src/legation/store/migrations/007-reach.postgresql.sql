UPDATE blocks SET
    first = to_char(e.published::date - CASE e.status WHEN 'planned' THEN 60 ELSE 63 END, 'YYYY-MM-DD'),
    last = to_char(e.published::date + CASE e.status WHEN 'planned' THEN 120 ELSE 60 END, 'YYYY-MM-DD')
    FROM events e WHERE e.n = blocks.event AND e.days = 0 AND coalesce(e.published, '') <> ''
    AND substr(blocks.key, 1, 4) <> 'act|'
    AND substr(blocks.key, 1, 5) NOT IN ('plan|', 'hear|');
