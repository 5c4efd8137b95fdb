-- From schema 3 to 4. A language model may propose claims, which people take or leave.
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
