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
