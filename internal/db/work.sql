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
CREATE INDEX events_by_run    ON events (source, run, kind, at);

-- A source's part of a run, as its events tell it; and the parts of which events came
-- since the last Finish, which makes only these anew (finish/05_parts.sql): parts are as
-- many as sources times nights, and of most of them nothing new is ever heard.
CREATE TABLE parts (
  source    TEXT NOT NULL,
  run       TEXT NOT NULL,
  command   TEXT,
  began     TEXT NOT NULL,               -- first run-start
  again     TEXT NOT NULL,               -- newest one: a run that was broken off is resumed under its id
  list      TEXT,                        -- the listing that was walked: address and selectors
  listed_at TEXT,                        -- when it was walked to its end, NULL if it was not
  whole     INTEGER NOT NULL,            -- the listing was seen whole, by a run that ended well
  ended     TEXT,                        -- newest run-end
  ended_by  TEXT,                        -- its record
  outcome   TEXT,
  detail    TEXT,
  listed    INTEGER,
  failed    INTEGER,
  requests  INTEGER,
  seconds   REAL,
  PRIMARY KEY (source, run)
) WITHOUT ROWID;
CREATE INDEX parts_by_end   ON parts (source, ended, ended_by);
CREATE INDEX parts_by_begin ON parts (source, began);
CREATE INDEX parts_listed   ON parts (source, began, listed_at) WHERE listed_at IS NOT NULL;
CREATE INDEX parts_whole    ON parts (source, ended, began) WHERE whole;
CREATE TABLE fresh_parts (
  source TEXT NOT NULL,
  run    TEXT NOT NULL,
  PRIMARY KEY (source, run)
) WITHOUT ROWID;

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
