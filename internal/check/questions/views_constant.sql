-- data: a host that shows one view count under half of its reports or more, five at least: a placeholder, or to be doubted
SELECT source, host AS subject,
       format('%d of %d reports with a count, each with %d views: ', reports, shown, views) ||
       iif(marked, 'marked as a placeholder, no views_clean',
           'not marked as a placeholder, since not nine of ten have it, it changed between readings, or counters answered it') AS detail
FROM (
  SELECT min(source) AS source, host, views, marked, count(DISTINCT content_sha256) AS reports,
         sum(count(DISTINCT content_sha256)) OVER (PARTITION BY host) AS shown
  FROM (
    SELECT source, content_sha256, views, views_state IS 'placeholder' AS marked,
           substr(address, 1, instr(address || '/', '/') - 1) AS host
    FROM (SELECT *, substr(url, instr(url, '//') + 2) AS address FROM reports WHERE is_current = 1 AND views IS NOT NULL)
  )
  GROUP BY host, views, marked
)
WHERE reports >= 5 AND (marked OR reports * 2 >= shown)
