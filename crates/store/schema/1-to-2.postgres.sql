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
  case_id TEXT COLLATE "C" NOT NULL REFERENCES cases(id),
  version TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  day_from TEXT COLLATE "C",
  day_to TEXT COLLATE "C",
  place TEXT COLLATE "C",
  country TEXT COLLATE "C",
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  radius DOUBLE PRECISION,
  "kind" TEXT COLLATE "C",
  killed BIGINT,
  killed_low BIGINT,
  killed_best BIGINT,
  killed_high BIGINT,
  injured BIGINT,
  injured_low BIGINT,
  injured_best BIGINT,
  injured_high BIGINT,
  reports BIGINT NOT NULL,
  voices BIGINT NOT NULL,
  disputed TEXT COLLATE "C" NOT NULL,
  passing BIGINT NOT NULL,
  judged BIGINT NOT NULL,
  dossier BYTEA NOT NULL,
  PRIMARY KEY (case_id)
);
CREATE INDEX incidents_day_from_and_more ON incidents (day_from, case_id, day_to, passing, country, "kind", disputed, judged, killed_best, killed, voices);
CREATE TABLE incident_reports (
  case_id TEXT COLLATE "C" NOT NULL REFERENCES incidents(case_id),
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  account TEXT COLLATE "C",
  PRIMARY KEY (case_id, report)
);
CREATE INDEX incident_reports_report ON incident_reports (report);
CREATE TABLE findings (
  case_id TEXT COLLATE "C" NOT NULL REFERENCES incidents(case_id),
  id TEXT COLLATE "C" NOT NULL,
  "number" BIGINT NOT NULL,
  slot TEXT COLLATE "C" NOT NULL,
  "who" TEXT COLLATE "C" NOT NULL,
  verdict TEXT COLLATE "C" NOT NULL,
  positions BIGINT NOT NULL,
  voices BIGINT NOT NULL,
  stakes BIGINT NOT NULL,
  judged BIGINT NOT NULL,
  PRIMARY KEY (case_id, id)
);
CREATE INDEX findings_verdict_stakes_judged ON findings (verdict, stakes, judged);
CREATE TABLE relations (
  case_id TEXT COLLATE "C" NOT NULL REFERENCES incidents(case_id),
  "number" BIGINT NOT NULL,
  finding TEXT COLLATE "C" NOT NULL,
  a TEXT COLLATE "C" NOT NULL,
  b TEXT COLLATE "C" NOT NULL,
  "kind" TEXT COLLATE "C" NOT NULL,
  why TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, "number")
);
CREATE TABLE near_duplicates (
  case_id TEXT COLLATE "C" NOT NULL REFERENCES incidents(case_id),
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  "of" TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  overlap DOUBLE PRECISION,
  PRIMARY KEY (case_id, report, "of")
);
CREATE INDEX near_duplicates_report ON near_duplicates (report);
CREATE TABLE origins (
  case_id TEXT COLLATE "C" NOT NULL REFERENCES incidents(case_id),
  id TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  "kind" TEXT COLLATE "C" NOT NULL,
  interested BIGINT NOT NULL,
  claims BIGINT NOT NULL,
  reports BIGINT NOT NULL,
  PRIMARY KEY (case_id, id)
);
CREATE TABLE lineage (
  case_id TEXT COLLATE "C" NOT NULL REFERENCES incidents(case_id),
  "number" BIGINT NOT NULL,
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  "of" TEXT COLLATE "C",
  named TEXT COLLATE "C",
  "kind" TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, "number")
);
CREATE INDEX lineage_report ON lineage (report);
CREATE TABLE linked_words (
  word BIGINT PRIMARY KEY,
  held BYTEA NOT NULL
);
CREATE TABLE linked_reports (
  report BIGINT PRIMARY KEY,
  day BIGINT,
  copy BIGINT,
  words BYTEA NOT NULL
);
CREATE INDEX linked_reports_day ON linked_reports (day);
CREATE INDEX linked_reports_copy ON linked_reports (copy);
CREATE TABLE linked_furniture (
  sentence BIGINT PRIMARY KEY
);
CREATE TABLE feeds (
  address TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C",
  etag TEXT COLLATE "C",
  modified TEXT COLLATE "C",
  added TEXT COLLATE "C" NOT NULL,
  checked TEXT COLLATE "C",
  "next" TEXT COLLATE "C",
  failures BIGINT NOT NULL,
  error TEXT COLLATE "C",
  PRIMARY KEY (address)
);
CREATE TABLE feed_items (
  feed TEXT COLLATE "C" NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  link_hash TEXT COLLATE "C",
  link TEXT COLLATE "C",
  published TEXT COLLATE "C",
  seen TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  report TEXT COLLATE "C",
  tries BIGINT NOT NULL,
  "next" TEXT COLLATE "C",
  error TEXT COLLATE "C",
  PRIMARY KEY (feed, item)
);
CREATE INDEX feed_items_link_hash ON feed_items (link_hash);
CREATE TABLE people (
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  password TEXT COLLATE "C" NOT NULL,
  added TEXT COLLATE "C" NOT NULL,
  seen TEXT COLLATE "C",
  PRIMARY KEY (name)
);
CREATE TABLE sessions (
  hash BYTEA NOT NULL,
  person TEXT COLLATE "C" NOT NULL REFERENCES people(name),
  began TEXT COLLATE "C" NOT NULL,
  used TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (hash)
);
CREATE INDEX sessions_person ON sessions (person);
CREATE TABLE failed_logins (
  name BYTEA NOT NULL,
  failures BIGINT NOT NULL,
  last TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name)
);
CREATE INDEX captures_fetched ON captures (address) WHERE method IN ('http', 'feed', 'feed-text');
CREATE VIEW incident_list AS SELECT case_id, title, day_from, day_to, place, country, latitude, longitude, radius, kind, killed, killed_low, killed_best, killed_high, injured, injured_low, injured_best, injured_high, reports, voices, disputed, passing, judged, version FROM incidents;
CREATE VIEW claim_list AS SELECT c.id AS claim, ir.case_id, c.slot, c.low, c.high, c.bound, c.words, c.who, c.as_of, c.stance, c.speakers, c.quote, r.id AS report, r.source_name AS outlet, r.published_day, r.title, r.url, c.rule, c.reader, a.kind AS account_kind FROM claims c JOIN reports r ON r.id = c.report JOIN accounts a ON a.id = c.account LEFT JOIN incident_reports ir ON ir.report = c.report AND ((ir.account IS NULL AND a.kind = 'main') OR ir.account = c.account);
CREATE VIEW report_list AS SELECT r.seq, r.id, r.title, r.source_name AS outlet, r.published_day, r.url, r.language, (SELECT min(n."of") FROM near_duplicates n WHERE n.report = r.id) AS near_duplicate_of, c.received, c.method, c.address, encode(c.sha256, 'hex') AS sha256, c.bytes FROM reports r JOIN captures c ON c.seq = (SELECT max(l.seq) FROM captures l WHERE l.report = r.id);
CREATE VIEW custody_list AS SELECT seq, at, what, who, subject, detail, encode(digest, 'hex') AS digest, encode(hash, 'hex') AS hash FROM log;
