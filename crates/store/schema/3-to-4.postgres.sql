-- From schema 3 to 4. A language model may propose claims, which people take or leave.
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
