-- The bookkeeping of work.db: facts as they came from the archive. The tables of
-- schema.sql that several facts decide together are computed from these.

CREATE TABLE stamp (
  schema    TEXT NOT NULL,               -- digest of the SQL and the codebook
  extractor TEXT NOT NULL
);

-- Run events, and the host of a run-start's source.
CREATE TABLE events (
  record_id TEXT PRIMARY KEY,
  source    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  at        TEXT NOT NULL,
  run       TEXT NOT NULL,
  host      TEXT,
  data      TEXT NOT NULL                -- JSON
) WITHOUT ROWID;
CREATE INDEX events_by_source ON events (source, kind, at);

-- Each reading of a report: the page said this at that time.
CREATE TABLE observations (
  record_id   TEXT PRIMARY KEY,
  report_id   INTEGER NOT NULL REFERENCES reports (id),
  url         TEXT NOT NULL,
  source      TEXT NOT NULL,
  at          TEXT NOT NULL,
  views_state TEXT,
  agency_id    TEXT,
  region_code  TEXT,
  region_basis TEXT,
  level        TEXT
) WITHOUT ROWID;
CREATE INDEX observations_by_url    ON observations (url, at);
CREATE INDEX observations_by_report ON observations (report_id, at);
CREATE INDEX observations_by_source ON observations (source, at);

-- Each reading of a page that turned out to be no report.
CREATE TABLE not_reports (
  record_id TEXT PRIMARY KEY,
  url       TEXT NOT NULL,
  at        TEXT NOT NULL,
  reason    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX not_reports_by_url ON not_reports (url, at);

-- Items as the listings gave them; the newest sighting's words.
CREATE TABLE items (
  source        TEXT NOT NULL,
  url           TEXT NOT NULL,
  title         TEXT NOT NULL,
  listed_date   TEXT NOT NULL,
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,
  decision      TEXT NOT NULL,
  reason        TEXT NOT NULL,
  PRIMARY KEY (source, url)
) WITHOUT ROWID;

CREATE INDEX captures_by_of     ON captures (of_url) WHERE kind = 'views';
CREATE INDEX captures_by_source ON captures (source);
CREATE INDEX captures_fronts    ON captures (source, fetched_at) WHERE kind = 'list' AND of_url IS NULL;
CREATE INDEX captures_erased    ON captures (url) WHERE outcome = 'erased';

-- What people decided about pages: one value for each page and field.
CREATE TABLE decisions (
  url       TEXT NOT NULL,
  field     TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (url, field)
) WITHOUT ROWID;

-- What became of a decision at each reading of its page.
CREATE TABLE decided (
  url       TEXT NOT NULL,
  field     TEXT NOT NULL,
  record_id TEXT NOT NULL,
  at        TEXT NOT NULL,
  refused   TEXT,                        -- why it was not applied, NULL if it was
  PRIMARY KEY (url, field, record_id)
) WITHOUT ROWID;
