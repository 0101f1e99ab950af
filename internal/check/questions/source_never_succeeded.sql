-- assertion: a source that was walked, and never once to its end without a fault
SELECT s.source, s.source AS subject, format('%d runs, the last one: %s', count(*), (
         SELECT l.outcome || coalesce(', ' || l.detail, '') FROM source_runs l JOIN runs r ON r.id = l.run_id
         WHERE l.source = s.source ORDER BY r.started_at DESC, r.id DESC LIMIT 1)) AS detail
FROM source_runs s
GROUP BY s.source
HAVING sum(s.outcome = 'ok') = 0
