-- Runs, from their events. A source's part of a run goes from its first run-start
-- to its run-end; a later run-start of the same run (resumed after a crash) opens
-- it again. What a run found is counted from the readings that fall into it.
DELETE FROM source_runs;
DELETE FROM runs;

CREATE TEMP TABLE part AS
SELECT run, source, command, began, CASE WHEN ended >= again THEN ended END AS ended,
       lead(began) OVER (PARTITION BY source ORDER BY began) AS next_began
FROM parts;
CREATE UNIQUE INDEX temp.part_of_run ON part (run, source);

CREATE TEMP TABLE reading AS
SELECT source, at, url,
       CASE WHEN before IS NULL THEN 3 WHEN before <> report_id THEN 2 ELSE 1 END AS what -- new, changed, unchanged
FROM (SELECT *, lag(report_id) OVER (PARTITION BY url ORDER BY at, record_id) AS before FROM observations);
CREATE INDEX temp.reading_by_source ON reading (source, at, url, what);

CREATE TEMP TABLE removed AS
SELECT source, removed_at FROM listing_items WHERE decision = 'followed' AND removed_at IS NOT NULL;
CREATE INDEX temp.removed_by_source ON removed (source, removed_at);

-- The worst outcome names the run. A word that is not known here is the worst.
INSERT INTO runs (id, command, started_at, finished_at, outcome)
SELECT p.run, min(p.command), min(p.began),
       CASE WHEN count(*) = count(p.ended) THEN max(p.ended) END,
       CASE WHEN count(*) = count(p.ended) THEN substr(max(coalesce(w.badness, 99) || ' ' || e.outcome), 4) ELSE 'unfinished' END
FROM part p
JOIN parts e ON e.source = p.source AND e.run = p.run
LEFT JOIN (
  SELECT column1 AS outcome, column2 AS badness FROM (VALUES
    ('ok', 10), ('busy', 11), ('partial', 12), ('interrupted', 13), ('paging', 14), ('empty', 15),
    ('http', 16), ('robots', 17), ('unreachable', 18), ('blocked', 19), ('error', 20))
) AS w ON w.outcome = e.outcome
GROUP BY p.run;

INSERT INTO source_runs (run_id, source, listed, new, changed, unchanged, removed, failed, requests, seconds, outcome, detail)
SELECT p.run, p.source, e.listed, coalesce(f.new, 0), coalesce(f.changed, 0), coalesce(f.unchanged, 0),
       (SELECT count(*) FROM removed i
        WHERE i.source = p.source AND i.removed_at >= p.began AND i.removed_at <= coalesce(p.ended, p.next_began, 'Z')),
       e.failed, e.requests, e.seconds, coalesce(e.outcome, 'unfinished'), nullif(e.detail, '')
FROM part p
LEFT JOIN parts e ON e.source = p.source AND e.run = p.run AND p.ended IS NOT NULL
LEFT JOIN (
  -- A page read several times in one run counts once: as new, else as changed, else as unchanged.
  SELECT run, source, sum(what = 3) AS new, sum(what = 2) AS changed, sum(what = 1) AS unchanged
  FROM (
    SELECT p.run, p.source, o.url, max(o.what) AS what
    FROM part p CROSS JOIN reading o
    WHERE o.source = p.source AND o.at >= p.began AND o.at <= coalesce(p.ended, p.next_began, 'Z')
    GROUP BY p.run, p.source, o.url
  )
  GROUP BY run, source
) AS f ON f.run = p.run AND f.source = p.source;

DROP TABLE part;
DROP TABLE reading;
DROP TABLE removed;
