CREATE TABLE settings (
  name TEXT NOT NULL,
  "value" TEXT NOT NULL,
  PRIMARY KEY (name)
) STRICT;
CREATE TABLE texts (
  id TEXT NOT NULL,
  "text" TEXT NOT NULL,
  blocks TEXT NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (id)
) STRICT;
CREATE TABLE reports (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  "text" TEXT NOT NULL REFERENCES texts(id),
  source TEXT NOT NULL,
  source_name TEXT,
  title TEXT,
  byline TEXT,
  url TEXT,
  published TEXT,
  published_day TEXT,
  language TEXT,
  report TEXT NOT NULL,
  notes TEXT,
  UNIQUE (id)
) STRICT;
CREATE TABLE captures (
  seq INTEGER PRIMARY KEY,
  report TEXT NOT NULL REFERENCES reports(id),
  sha256 BLOB NOT NULL,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  address TEXT,
  final_address TEXT,
  redirects TEXT,
  received TEXT NOT NULL,
  method TEXT NOT NULL,
  tool TEXT NOT NULL,
  operator TEXT,
  status INTEGER,
  headers TEXT,
  container TEXT
) STRICT;
CREATE INDEX captures_report ON captures (report);
CREATE TABLE judgements (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "who" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  subject TEXT NOT NULL,
  other TEXT,
  field TEXT,
  "value" TEXT,
  reason TEXT NOT NULL,
  before TEXT,
  UNIQUE (id)
) STRICT;
CREATE INDEX judgements_subject ON judgements (subject);
CREATE INDEX judgements_other ON judgements (other);
CREATE TABLE tombstones (
  seq INTEGER PRIMARY KEY,
  report TEXT NOT NULL,
  "text" TEXT NOT NULL,
  gone TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "who" TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (report)
) STRICT;
CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  "at" TEXT NOT NULL,
  what TEXT NOT NULL,
  "who" TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT,
  digest BLOB,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX log_subject_seq ON log (subject, seq);
CREATE TABLE steps (
  "number" INTEGER PRIMARY KEY,
  reader TEXT NOT NULL,
  reports_to INTEGER NOT NULL,
  judgements_to INTEGER NOT NULL,
  anew INTEGER NOT NULL
) STRICT;
CREATE TABLE cases (
  id TEXT NOT NULL,
  step INTEGER NOT NULL,
  state TEXT NOT NULL,
  merged_into TEXT,
  split_from TEXT,
  PRIMARY KEY (id)
) STRICT;
CREATE TABLE case_members (
  case_id TEXT NOT NULL REFERENCES cases(id),
  part TEXT NOT NULL,
  published TEXT,
  PRIMARY KEY (case_id, part)
) STRICT;
CREATE INDEX case_members_part ON case_members (part);
CREATE TABLE readings (
  report TEXT NOT NULL REFERENCES reports(id),
  reader TEXT NOT NULL,
  reading BLOB,
  failed TEXT,
  scope TEXT,
  PRIMARY KEY (report)
) STRICT;
CREATE INDEX readings_reader ON readings (reader);
CREATE TABLE accounts (
  id TEXT NOT NULL,
  report TEXT NOT NULL REFERENCES reports(id),
  "number" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (id)
) STRICT;
CREATE INDEX accounts_report ON accounts (report);
CREATE TABLE claims (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  report TEXT NOT NULL REFERENCES reports(id),
  account TEXT NOT NULL REFERENCES accounts(id),
  slot TEXT NOT NULL,
  low INTEGER,
  high INTEGER,
  bound TEXT,
  words TEXT,
  "who" TEXT NOT NULL,
  as_of TEXT,
  stance TEXT NOT NULL,
  speakers TEXT NOT NULL,
  quote TEXT NOT NULL,
  rule TEXT NOT NULL,
  reader TEXT NOT NULL,
  claim TEXT NOT NULL
) STRICT;
CREATE INDEX claims_id ON claims (id);
CREATE INDEX claims_report ON claims (report);
CREATE INDEX claims_slot ON claims (slot);
CREATE INDEX claims_account ON claims (account);
CREATE TABLE quotes (
  claim_seq INTEGER NOT NULL REFERENCES claims(seq),
  "number" INTEGER NOT NULL,
  "text" TEXT NOT NULL REFERENCES texts(id),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "exact" TEXT NOT NULL,
  PRIMARY KEY (claim_seq, "number")
) STRICT;
CREATE TABLE names (
  seq INTEGER PRIMARY KEY,
  report TEXT NOT NULL REFERENCES reports(id),
  "kind" TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;
CREATE INDEX names_report ON names (report);
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
CREATE TABLE proposals (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  report TEXT NOT NULL REFERENCES reports(id),
  claim TEXT NOT NULL,
  model TEXT NOT NULL,
  prompt TEXT NOT NULL,
  "at" TEXT NOT NULL,
  UNIQUE (id)
) STRICT;
CREATE INDEX proposals_report ON proposals (report);
CREATE TABLE proposal_requests (
  "text" TEXT NOT NULL,
  model TEXT NOT NULL,
  prompt TEXT NOT NULL,
  host TEXT NOT NULL,
  "at" TEXT NOT NULL,
  requests INTEGER NOT NULL,
  tokens_in INTEGER,
  tokens_out INTEGER,
  milliseconds INTEGER NOT NULL,
  proposed INTEGER NOT NULL,
  refused TEXT NOT NULL,
  PRIMARY KEY ("text", model, prompt)
) STRICT;
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
CREATE TABLE tokens (
  id TEXT NOT NULL,
  hash BLOB NOT NULL,
  person TEXT REFERENCES people(name),
  purpose TEXT NOT NULL,
  scopes TEXT NOT NULL,
  added TEXT NOT NULL,
  ends TEXT,
  used TEXT,
  PRIMARY KEY (id),
  UNIQUE (hash)
) STRICT;
CREATE INDEX tokens_person ON tokens (person);
CREATE TABLE visits (
  person TEXT NOT NULL,
  seen INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  PRIMARY KEY (person)
) STRICT;
CREATE TABLE saved_views (
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  "who" TEXT NOT NULL,
  added TEXT NOT NULL,
  PRIMARY KEY (name)
) STRICT;
CREATE VIRTUAL TABLE search_reports USING fts5(words, content='', contentless_delete=1, detail=none, tokenize=ascii);
INSERT INTO search_reports (search_reports, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE search_claims USING fts5(words, content='', contentless_delete=1, detail=none, tokenize=ascii);
INSERT INTO search_claims (search_claims, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE search_names USING fts5(words, content='', contentless_delete=1, detail=none, tokenize=ascii);
INSERT INTO search_names (search_names, rank) VALUES ('hashsize', 16777216);
CREATE INDEX captures_fetched ON captures (address) WHERE method IN ('http', 'feed', 'feed-text');
CREATE VIEW incident_list AS SELECT case_id, title, day_from, day_to, place, country, latitude, longitude, radius, kind, killed, killed_low, killed_best, killed_high, injured, injured_low, injured_best, injured_high, reports, voices, disputed, passing, judged, version FROM incidents;
CREATE VIEW claim_list AS SELECT c.id AS claim, ir.case_id, c.slot, c.low, c.high, c.bound, c.words, c.who, c.as_of, c.stance, c.speakers, c.quote, r.id AS report, r.source_name AS outlet, r.published_day, r.title, r.url, c.rule, c.reader, a.kind AS account_kind FROM claims c JOIN reports r ON r.id = c.report JOIN accounts a ON a.id = c.account LEFT JOIN incident_reports ir ON ir.report = c.report AND ((ir.account IS NULL AND a.kind = 'main') OR ir.account = c.account);
CREATE VIEW report_list AS SELECT r.seq, r.id, r.title, r.source_name AS outlet, r.published_day, r.url, r.language, (SELECT min(n."of") FROM near_duplicates n WHERE n.report = r.id) AS near_duplicate_of, c.received, c.method, c.address, lower(hex(c.sha256)) AS sha256, c.bytes FROM reports r JOIN captures c ON c.seq = (SELECT max(l.seq) FROM captures l WHERE l.report = r.id) ;
CREATE VIEW custody_list AS SELECT seq, at, what, who, subject, detail, lower(hex(digest)) AS digest, lower(hex(hash)) AS hash FROM log;
