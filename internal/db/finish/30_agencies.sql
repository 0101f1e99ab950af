-- Which agency a report is of: region code, slash, name. While no list of
-- divisions tells the region from the name, it is that of the source, if the
-- config gives one; agency_aliases says so. Without a region there is no agency id.
CREATE TEMP TABLE placed AS
SELECT report_id, agency, level, basis, region_code,
       coalesce(agency_id, region_code || '/' || agency) AS agency_id
FROM (
  SELECT r.id AS report_id, r.agency, r.level, o.agency_id,
         coalesce(o.region_code,
                  CASE WHEN o.agency_id GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]/*' THEN substr(o.agency_id, 1, 6) END,
                  CASE WHEN s.region_code GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]' THEN s.region_code END) AS region_code,
         CASE WHEN coalesce(o.agency_id, o.region_code) IS NULL THEN 'region of source ' || s.id
              WHEN EXISTS (SELECT 1 FROM decisions d WHERE d.url = r.url AND d.field IN ('agency_id', 'region_code')) THEN 'hand'
              ELSE 'read from the report' END AS basis
  FROM reports r
  JOIN observations o ON o.record_id = r.record_id
  JOIN sources s ON s.id = r.source
);

DELETE FROM agency_aliases;

INSERT INTO agencies (id, name, region_code, province_code, prefecture_code, county_code, level)
SELECT agency_id, substr(agency_id, instr(agency_id, '/') + 1), region,
       substr(region, 1, 2) || '0000',
       CASE WHEN substr(region, 3, 2) <> '00' THEN substr(region, 1, 4) || '00' END,
       CASE WHEN substr(region, 5, 2) <> '00' THEN region END,
       level
FROM (
  SELECT agency_id, min(region_code) AS region,
         CASE WHEN min(level) = max(level) THEN min(level) END AS level -- none where its reports differ
  FROM placed WHERE agency_id IS NOT NULL GROUP BY agency_id
)
WHERE true
ON CONFLICT (id) DO UPDATE SET region_code = excluded.region_code, province_code = excluded.province_code,
  prefecture_code = excluded.prefecture_code, county_code = excluded.county_code, level = excluded.level;

UPDATE reports SET agency_id = p.agency_id, region_code = p.region_code
FROM placed AS p
WHERE p.report_id = reports.id AND (reports.agency_id, reports.region_code) IS NOT (p.agency_id, p.region_code);

INSERT INTO agency_aliases (agency_id, name, basis)
SELECT DISTINCT agency_id, agency, basis FROM placed WHERE agency_id IS NOT NULL AND agency IS NOT NULL;

DELETE FROM agencies WHERE id NOT IN (SELECT agency_id FROM reports WHERE agency_id IS NOT NULL);

DROP TABLE placed;
