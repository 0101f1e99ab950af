-- Days after the deadline, 0 when in time. For report years from 2019 on the 2019
-- Regulation, art. 49: departments by 31 January, the region-wide report of a
-- government by 31 March. Before, 31 March for all (2007 Regulation, art. 31);
-- the report of 2018 fell due in March 2019, before the new one came into force.
-- A deadline on a weekend or a holiday stays where it is: neither Regulation moves
-- it, so a few days around the Spring Festival are days late as well.
-- NULL where a guess would decide: a year inferred from the publish date, a date
-- known only from the address or taken from the day the page was made or took effect, a
-- date or year that cannot be (of the future, or before the year reported on was over),
-- and a report of unknown scope that came between the two deadlines.
UPDATE reports SET days_late = n.days_late
FROM (
  SELECT id,
    CASE
      WHEN report_year_basis = 'published' OR published_basis = 'url' THEN NULL
      WHEN id IN (SELECT report_id FROM findings WHERE rule = 'date_implausible') THEN NULL
      WHEN published_label IN ('创建时间', '创建日期', '創建時間', '創建日期', '生效日期', '生效时间', '实施日期', '实施时间', '施行日期', '施行时间',
                               '生效時間', '實施日期', '實施時間', '施行時間') THEN NULL
      WHEN scope = 'unknown' AND report_year >= 2019 AND published_date > (report_year + 1) || '-01-31'
        THEN NULL
      ELSE max(0, CAST(julianday(published_date) - julianday(
        (report_year + 1) || CASE WHEN report_year >= 2019 AND scope <> 'region_wide' THEN '-01-31' ELSE '-03-31' END) AS INTEGER))
    END AS days_late
  FROM reports
) AS n
WHERE n.id = reports.id AND reports.days_late IS NOT n.days_late;
