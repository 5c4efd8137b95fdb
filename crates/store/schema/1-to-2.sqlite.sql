-- From schema 1 to 2. Incidents say how uncertain their place is: `crossbearing run` makes their rows again.
DROP VIEW incident_list;
DROP VIEW claim_list;
DROP VIEW report_list;
DROP VIEW custody_list;
DROP TABLE near_duplicates;
DROP TABLE relations;
DROP TABLE findings;
DROP TABLE incident_reports;
DROP TABLE incidents;
DROP INDEX reports_published_day;
DROP TABLE feeds;
DROP INDEX log_reconciled;
CREATE INDEX judgements_other ON judgements (other);
CREATE INDEX log_subject_seq ON log (subject, seq);
CREATE INDEX claims_account ON claims (account);
CREATE TABLE incidents (
  case_id TEXT NOT NULL REFERENCES cases(id),
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  day_from TEXT,
  day_to TEXT,
  place TEXT,
  country TEXT,
  latitude REAL,
  longitude REAL,
  radius REAL,
  "kind" TEXT,
  killed INTEGER,
  killed_low INTEGER,
  killed_best INTEGER,
  killed_high INTEGER,
  injured INTEGER,
  injured_low INTEGER,
  injured_best INTEGER,
  injured_high INTEGER,
  reports INTEGER NOT NULL,
  voices INTEGER NOT NULL,
  disputed TEXT NOT NULL,
  passing INTEGER NOT NULL,
  judged INTEGER NOT NULL,
  dossier BLOB NOT NULL,
  PRIMARY KEY (case_id)
) STRICT;
CREATE INDEX incidents_day_from_and_more ON incidents (day_from, case_id, day_to, passing, country, "kind", disputed, judged, killed_best, killed, voices);
CREATE TABLE incident_reports (
  case_id TEXT NOT NULL REFERENCES incidents(case_id),
  report TEXT NOT NULL REFERENCES reports(id),
  account TEXT,
  PRIMARY KEY (case_id, report)
) STRICT;
CREATE INDEX incident_reports_report ON incident_reports (report);
CREATE TABLE findings (
  case_id TEXT NOT NULL REFERENCES incidents(case_id),
  id TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  slot TEXT NOT NULL,
  "who" TEXT NOT NULL,
  verdict TEXT NOT NULL,
  positions INTEGER NOT NULL,
  voices INTEGER NOT NULL,
  stakes INTEGER NOT NULL,
  judged INTEGER NOT NULL,
  PRIMARY KEY (case_id, id)
) STRICT;
CREATE INDEX findings_verdict_stakes_judged ON findings (verdict, stakes, judged);
CREATE TABLE relations (
  case_id TEXT NOT NULL REFERENCES incidents(case_id),
  "number" INTEGER NOT NULL,
  finding TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (case_id, "number")
) STRICT;
CREATE TABLE near_duplicates (
  case_id TEXT NOT NULL REFERENCES incidents(case_id),
  report TEXT NOT NULL REFERENCES reports(id),
  "of" TEXT NOT NULL REFERENCES reports(id),
  overlap REAL,
  PRIMARY KEY (case_id, report, "of")
) STRICT;
CREATE INDEX near_duplicates_report ON near_duplicates (report);
CREATE TABLE origins (
  case_id TEXT NOT NULL REFERENCES incidents(case_id),
  id TEXT NOT NULL,
  label TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  interested INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  PRIMARY KEY (case_id, id)
) STRICT;
CREATE TABLE lineage (
  case_id TEXT NOT NULL REFERENCES incidents(case_id),
  "number" INTEGER NOT NULL,
  report TEXT NOT NULL REFERENCES reports(id),
  "of" TEXT,
  named TEXT,
  "kind" TEXT NOT NULL,
  PRIMARY KEY (case_id, "number")
) STRICT;
CREATE INDEX lineage_report ON lineage (report);
CREATE TABLE linked_words (
  word INTEGER PRIMARY KEY,
  held BLOB NOT NULL
) STRICT;
CREATE TABLE linked_reports (
  report INTEGER PRIMARY KEY,
  day INTEGER,
  copy INTEGER,
  words BLOB NOT NULL
) STRICT;
CREATE INDEX linked_reports_day ON linked_reports (day);
CREATE INDEX linked_reports_copy ON linked_reports (copy);
CREATE TABLE linked_furniture (
  sentence INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE feeds (
  address TEXT NOT NULL,
  title TEXT,
  etag TEXT,
  modified TEXT,
  added TEXT NOT NULL,
  checked TEXT,
  "next" TEXT,
  failures INTEGER NOT NULL,
  error TEXT,
  PRIMARY KEY (address)
) STRICT;
CREATE TABLE feed_items (
  feed TEXT NOT NULL,
  item TEXT NOT NULL,
  link_hash TEXT,
  link TEXT,
  published TEXT,
  seen TEXT NOT NULL,
  state TEXT NOT NULL,
  report TEXT,
  tries INTEGER NOT NULL,
  "next" TEXT,
  error TEXT,
  PRIMARY KEY (feed, item)
) STRICT;
CREATE INDEX feed_items_link_hash ON feed_items (link_hash);
CREATE TABLE people (
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password TEXT NOT NULL,
  added TEXT NOT NULL,
  seen TEXT,
  PRIMARY KEY (name)
) STRICT;
CREATE TABLE sessions (
  hash BLOB NOT NULL,
  person TEXT NOT NULL REFERENCES people(name),
  began TEXT NOT NULL,
  used TEXT NOT NULL,
  PRIMARY KEY (hash)
) STRICT;
CREATE INDEX sessions_person ON sessions (person);
CREATE TABLE failed_logins (
  name BLOB NOT NULL,
  failures INTEGER NOT NULL,
  last TEXT NOT NULL,
  PRIMARY KEY (name)
) STRICT;
INSERT INTO search_reports (search_reports, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_claims (search_claims, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_names (search_names, rank) VALUES ('hashsize', 16777216);
CREATE INDEX captures_fetched ON captures (address) WHERE method IN ('http', 'feed', 'feed-text');
CREATE VIEW incident_list AS SELECT case_id, title, day_from, day_to, place, country, latitude, longitude, radius, kind, killed, killed_low, killed_best, killed_high, injured, injured_low, injured_best, injured_high, reports, voices, disputed, passing, judged, version FROM incidents;
CREATE VIEW claim_list AS SELECT c.id AS claim, ir.case_id, c.slot, c.low, c.high, c.bound, c.words, c.who, c.as_of, c.stance, c.speakers, c.quote, r.id AS report, r.source_name AS outlet, r.published_day, r.title, r.url, c.rule, c.reader, a.kind AS account_kind FROM claims c JOIN reports r ON r.id = c.report JOIN accounts a ON a.id = c.account LEFT JOIN incident_reports ir ON ir.report = c.report AND ((ir.account IS NULL AND a.kind = 'main') OR ir.account = c.account);
CREATE VIEW report_list AS SELECT r.seq, r.id, r.title, r.source_name AS outlet, r.published_day, r.url, r.language, (SELECT min(n."of") FROM near_duplicates n WHERE n.report = r.id) AS near_duplicate_of, c.received, c.method, c.address, lower(hex(c.sha256)) AS sha256, c.bytes FROM reports r JOIN captures c ON c.seq = (SELECT max(l.seq) FROM captures l WHERE l.report = r.id);
CREATE VIEW custody_list AS SELECT seq, at, what, who, subject, detail, lower(hex(digest)) AS digest, lower(hex(hash)) AS hash FROM log;
