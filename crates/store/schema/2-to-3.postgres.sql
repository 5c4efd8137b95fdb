-- From schema 2 to 3. Programs may ask the desk by tokens; lists are saved; who comes back sees what is new.
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
