-- The view count of a report: the newest observed for its URL while it was the one
-- shown; for the current revision simply the newest. Without any, the state says
-- why: what the newest reading of the page found, or a counter that was asked in vain.
UPDATE reports SET views = n.views, views_state = n.state, views_at = n.at
FROM (
  SELECT s.id, v.views, v.observed_at AS at,
    CASE
      WHEN v.how = 'inline' THEN 'inline'
      WHEN v.how IS NOT NULL THEN 'counter'
      WHEN EXISTS (SELECT 1 FROM captures c WHERE c.kind = 'views' AND c.of_url = s.url) THEN 'counter_failed'
      ELSE s.state
    END AS state
  FROM (
    SELECT r.id, r.url, o.views_state AS state, max(o.at || o.record_id)
    FROM reports r JOIN observations o ON o.report_id = r.id GROUP BY r.id
  ) AS s
  LEFT JOIN (
    SELECT r.id, v.views, v.how, v.observed_at, max(v.observed_at || v.how)
    FROM (
      SELECT id, url, is_current, first_seen_at, last_seen_at,
             lead(first_seen_at) OVER (PARTITION BY url ORDER BY revision) AS next_at
      FROM reports
    ) AS r
    JOIN view_counts v ON v.url = r.url
    WHERE r.is_current = 1
       OR v.observed_at >= r.first_seen_at
          AND (v.observed_at < r.next_at OR r.next_at IS NULL AND v.observed_at <= r.last_seen_at)
    GROUP BY r.id
  ) AS v ON v.id = s.id
) AS n
WHERE n.id = reports.id AND (reports.views, reports.views_state, reports.views_at) IS NOT (n.views, n.state, n.at);
