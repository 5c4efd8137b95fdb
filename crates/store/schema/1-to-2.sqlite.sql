-- From schema 1 to 2.
DROP INDEX reports_published_day;
DROP INDEX incidents_day_from;
DROP INDEX incidents_country;
DROP TABLE feeds;
DROP INDEX log_reconciled;
CREATE INDEX judgements_other ON judgements (other);
CREATE INDEX log_subject_seq ON log (subject, seq);
CREATE INDEX claims_account ON claims (account);
CREATE INDEX incidents_day_from_and_more ON incidents (day_from, case_id, day_to, passing, country, "kind", disputed, judged, killed_best, killed, voices);
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
