CREATE TABLE settings (
  name TEXT COLLATE "C" NOT NULL,
  "value" TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name)
);
CREATE TABLE texts (
  id TEXT COLLATE "C" NOT NULL,
  "text" TEXT COLLATE "C" NOT NULL,
  blocks TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE reports (
  seq BIGINT PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL,
  "text" TEXT COLLATE "C" NOT NULL REFERENCES texts(id),
  source TEXT COLLATE "C" NOT NULL,
  source_name TEXT COLLATE "C",
  title TEXT COLLATE "C",
  byline TEXT COLLATE "C",
  url TEXT COLLATE "C",
  published TEXT COLLATE "C",
  published_day TEXT COLLATE "C",
  language TEXT COLLATE "C",
  report TEXT COLLATE "C" NOT NULL,
  notes TEXT COLLATE "C",
  UNIQUE (id)
);
CREATE TABLE captures (
  seq BIGINT PRIMARY KEY,
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  sha256 BYTEA NOT NULL,
  bytes BIGINT NOT NULL,
  media_type TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C",
  final_address TEXT COLLATE "C",
  redirects TEXT COLLATE "C",
  received TEXT COLLATE "C" NOT NULL,
  method TEXT COLLATE "C" NOT NULL,
  tool TEXT COLLATE "C" NOT NULL,
  operator TEXT COLLATE "C",
  status BIGINT,
  headers TEXT COLLATE "C",
  container TEXT COLLATE "C"
);
CREATE INDEX captures_report ON captures (report);
CREATE TABLE judgements (
  seq BIGINT PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL,
  "at" TEXT COLLATE "C" NOT NULL,
  "who" TEXT COLLATE "C" NOT NULL,
  "kind" TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  other TEXT COLLATE "C",
  field TEXT COLLATE "C",
  "value" TEXT COLLATE "C",
  reason TEXT COLLATE "C" NOT NULL,
  before TEXT COLLATE "C",
  UNIQUE (id)
);
CREATE INDEX judgements_subject ON judgements (subject);
CREATE INDEX judgements_other ON judgements (other);
CREATE TABLE tombstones (
  seq BIGINT PRIMARY KEY,
  report TEXT COLLATE "C" NOT NULL,
  "text" TEXT COLLATE "C" NOT NULL,
  gone TEXT COLLATE "C" NOT NULL,
  "at" TEXT COLLATE "C" NOT NULL,
  "who" TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  UNIQUE (report)
);
CREATE TABLE log (
  seq BIGINT PRIMARY KEY,
  "at" TEXT COLLATE "C" NOT NULL,
  what TEXT COLLATE "C" NOT NULL,
  "who" TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  detail TEXT COLLATE "C",
  digest BYTEA,
  hash BYTEA NOT NULL
);
CREATE INDEX log_subject_seq ON log (subject, seq);
CREATE TABLE steps (
  "number" BIGINT PRIMARY KEY,
  reader TEXT COLLATE "C" NOT NULL,
  reports_to BIGINT NOT NULL,
  judgements_to BIGINT NOT NULL,
  anew BIGINT NOT NULL
);
CREATE TABLE cases (
  id TEXT COLLATE "C" NOT NULL,
  step BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  merged_into TEXT COLLATE "C",
  split_from TEXT COLLATE "C",
  PRIMARY KEY (id)
);
CREATE TABLE case_members (
  case_id TEXT COLLATE "C" NOT NULL REFERENCES cases(id),
  part TEXT COLLATE "C" NOT NULL,
  published TEXT COLLATE "C",
  PRIMARY KEY (case_id, part)
);
CREATE INDEX case_members_part ON case_members (part);
CREATE TABLE readings (
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  reader TEXT COLLATE "C" NOT NULL,
  reading BYTEA,
  failed TEXT COLLATE "C",
  scope TEXT COLLATE "C",
  PRIMARY KEY (report)
);
CREATE INDEX readings_reader ON readings (reader);
CREATE TABLE accounts (
  id TEXT COLLATE "C" NOT NULL,
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  "number" BIGINT NOT NULL,
  "kind" TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX accounts_report ON accounts (report);
CREATE TABLE claims (
  seq BIGINT PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL,
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  account TEXT COLLATE "C" NOT NULL REFERENCES accounts(id),
  slot TEXT COLLATE "C" NOT NULL,
  low BIGINT,
  high BIGINT,
  bound TEXT COLLATE "C",
  words TEXT COLLATE "C",
  "who" TEXT COLLATE "C" NOT NULL,
  as_of TEXT COLLATE "C",
  stance TEXT COLLATE "C" NOT NULL,
  speakers TEXT COLLATE "C" NOT NULL,
  quote TEXT COLLATE "C" NOT NULL,
  rule TEXT COLLATE "C" NOT NULL,
  reader TEXT COLLATE "C" NOT NULL,
  claim TEXT COLLATE "C" NOT NULL
);
CREATE INDEX claims_id ON claims (id);
CREATE INDEX claims_report ON claims (report);
CREATE INDEX claims_slot ON claims (slot);
CREATE INDEX claims_account ON claims (account);
CREATE TABLE quotes (
  claim_seq BIGINT NOT NULL REFERENCES claims(seq),
  "number" BIGINT NOT NULL,
  "text" TEXT COLLATE "C" NOT NULL REFERENCES texts(id),
  "start" BIGINT NOT NULL,
  "end" BIGINT NOT NULL,
  "exact" TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (claim_seq, "number")
);
CREATE TABLE names (
  seq BIGINT PRIMARY KEY,
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  "kind" TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL
);
CREATE INDEX names_report ON names (report);
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
CREATE TABLE proposals (
  seq BIGINT PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL,
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(id),
  claim TEXT COLLATE "C" NOT NULL,
  model TEXT COLLATE "C" NOT NULL,
  prompt TEXT COLLATE "C" NOT NULL,
  "at" TEXT COLLATE "C" NOT NULL,
  UNIQUE (id)
);
CREATE INDEX proposals_report ON proposals (report);
CREATE TABLE proposal_requests (
  "text" TEXT COLLATE "C" NOT NULL,
  model TEXT COLLATE "C" NOT NULL,
  prompt TEXT COLLATE "C" NOT NULL,
  host TEXT COLLATE "C" NOT NULL,
  "at" TEXT COLLATE "C" NOT NULL,
  requests BIGINT NOT NULL,
  tokens_in BIGINT,
  tokens_out BIGINT,
  milliseconds BIGINT NOT NULL,
  proposed BIGINT NOT NULL,
  refused TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY ("text", model, prompt)
);
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
CREATE TABLE tokens (
  id TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  person TEXT COLLATE "C" REFERENCES people(name),
  purpose TEXT COLLATE "C" NOT NULL,
  scopes TEXT COLLATE "C" NOT NULL,
  added TEXT COLLATE "C" NOT NULL,
  ends TEXT COLLATE "C",
  used TEXT COLLATE "C",
  PRIMARY KEY (id),
  UNIQUE (hash)
);
CREATE INDEX tokens_person ON tokens (person);
CREATE TABLE visits (
  person TEXT COLLATE "C" NOT NULL,
  seen BIGINT NOT NULL,
  "at" TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (person)
);
CREATE TABLE saved_views (
  name TEXT COLLATE "C" NOT NULL,
  query TEXT COLLATE "C" NOT NULL,
  "who" TEXT COLLATE "C" NOT NULL,
  added TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name)
);
CREATE TABLE search_reports (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_reports_words ON search_reports USING GIN (words);
CREATE TABLE search_claims (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_claims_words ON search_claims USING GIN (words);
CREATE TABLE search_names (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_names_words ON search_names USING GIN (words);
CREATE INDEX captures_fetched ON captures (address) WHERE method IN ('http', 'feed', 'feed-text');
CREATE TABLE stored_bytes (sha256 BYTEA PRIMARY KEY, packed BYTEA NOT NULL);
CREATE VIEW incident_list AS SELECT case_id, title, day_from, day_to, place, country, latitude, longitude, radius, kind, killed, killed_low, killed_best, killed_high, injured, injured_low, injured_best, injured_high, reports, voices, disputed, passing, judged, version FROM incidents;
CREATE VIEW claim_list AS SELECT c.id AS claim, ir.case_id, c.slot, c.low, c.high, c.bound, c.words, c.who, c.as_of, c.stance, c.speakers, c.quote, r.id AS report, r.source_name AS outlet, r.published_day, r.title, r.url, c.rule, c.reader, a.kind AS account_kind FROM claims c JOIN reports r ON r.id = c.report JOIN accounts a ON a.id = c.account LEFT JOIN incident_reports ir ON ir.report = c.report AND ((ir.account IS NULL AND a.kind = 'main') OR ir.account = c.account);
CREATE VIEW report_list AS SELECT r.seq, r.id, r.title, r.source_name AS outlet, r.published_day, r.url, r.language, (SELECT min(n."of") FROM near_duplicates n WHERE n.report = r.id) AS near_duplicate_of, c.received, c.method, c.address, encode(c.sha256, 'hex') AS sha256, c.bytes FROM reports r JOIN captures c ON c.seq = (SELECT max(l.seq) FROM captures l WHERE l.report = r.id) ;
CREATE VIEW custody_list AS SELECT seq, at, what, who, subject, detail, encode(digest, 'hex') AS digest, encode(hash, 'hex') AS hash FROM log;
