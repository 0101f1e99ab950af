-- A number that stands in the page's template counts nothing: a host prints it
-- under all its reports. It is taken for one where it never changed between
-- readings, stands in at least five different reports of the host that are shown
-- now, and in nine of ten of those that print a number at all. How large it is does
-- not matter: 1 is a default, 1530488 the site's total. Addresses of one text count
-- once.
CREATE TEMP TABLE placeholder AS
SELECT host, lowest AS views
FROM (
  SELECT host, lowest, highest, count(DISTINCT content) AS reports,
         sum(count(DISTINCT content)) OVER (PARTITION BY host) AS printing
  FROM (
    SELECT substr(address, 1, instr(address || '/', '/') - 1) AS host, content, min(views) AS lowest, max(views) AS highest
    FROM (
      SELECT r.url, r.content_sha256 AS content, substr(r.url, instr(r.url, '//') + 2) AS address, v.views
      FROM reports r JOIN view_counts v ON v.url = r.url
      WHERE r.is_current = 1 AND v.how = 'inline'
    )
    GROUP BY url
  )
  GROUP BY host, lowest, highest
)
WHERE lowest = highest AND reports >= 5 AND reports * 10 >= printing * 9;
CREATE UNIQUE INDEX temp.placeholder_by_host ON placeholder (host, views);

-- The view count of a report: the newest observed for its URL while it was the one
-- shown; for the current revision simply the newest. What the page itself gives as
-- a placeholder yields to any answer of a counter. Without a number, the state says
-- why: what the newest reading of the page found, or a counter that was asked in vain.
-- A placeholder stays in views, and in report_wide it is NULL.
UPDATE reports SET views = n.views, views_state = n.state, views_at = n.at
FROM (
  SELECT s.id, v.views, v.observed_at AS at,
    CASE
      WHEN v.how = 'inline' AND (s.state = 'placeholder' OR p.views IS NOT NULL) THEN 'placeholder'
      WHEN v.how = 'inline' THEN 'inline'
      WHEN v.how IS NOT NULL THEN 'counter'
      WHEN EXISTS (SELECT 1 FROM captures c WHERE c.kind = 'views' AND c.of_url = s.url) THEN 'counter_failed'
      ELSE s.state
    END AS state
  FROM (
    SELECT id, url, state, substr(address, 1, instr(address || '/', '/') - 1) AS host
    FROM (
      SELECT r.id, r.url, substr(r.url, instr(r.url, '//') + 2) AS address, o.views_state AS state, max(o.at || o.record_id)
      FROM reports r JOIN observations o ON o.report_id = r.id GROUP BY r.id
    )
  ) AS s
  LEFT JOIN (
    SELECT r.id, v.views, v.how, v.observed_at,
           max(CASE WHEN v.how = 'inline' AND o.views_state = 'placeholder' THEN 0 ELSE 1 END || v.observed_at || v.how)
    FROM (
      SELECT id, url, is_current, first_seen_at, last_seen_at,
             lead(first_seen_at) OVER (PARTITION BY url ORDER BY revision) AS next_at
      FROM reports
    ) AS r
    JOIN view_counts v ON v.url = r.url
    LEFT JOIN observations o ON o.record_id = v.record_id
    WHERE r.is_current = 1
       OR v.observed_at >= r.first_seen_at
          AND (v.observed_at < r.next_at OR r.next_at IS NULL AND v.observed_at <= r.last_seen_at)
    GROUP BY r.id
  ) AS v ON v.id = s.id
  LEFT JOIN placeholder p ON p.host = s.host AND p.views = v.views
) AS n
WHERE n.id = reports.id AND (reports.views, reports.views_state, reports.views_at) IS NOT (n.views, n.state, n.at);

DROP TABLE placeholder;
