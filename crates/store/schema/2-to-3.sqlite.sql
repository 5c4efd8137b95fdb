-- From schema 2 to 3. Programs may ask the desk by tokens; lists are saved; who comes back sees what is new.
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
