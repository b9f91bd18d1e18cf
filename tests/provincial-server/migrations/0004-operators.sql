-- Who works the province's own pages, and what they did there.

CREATE TABLE operator (
  id uuid PRIMARY KEY,
  -- Lower case; people do not remember how they wrote it.
  name text NOT NULL UNIQUE CHECK (name <> '' AND name = lower(name)),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE operator_session (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  operator_id uuid NOT NULL REFERENCES operator (id),
  -- Every form of the session carries it; a page elsewhere cannot know it.
  form_token text NOT NULL,
  opened_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL
);
CREATE INDEX operator_session_operator ON operator_session (operator_id);

-- Tries to log in that have not succeeded, counted over all processes.
CREATE TABLE login_try (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX login_try_name ON login_try (name, at);

CREATE TABLE operator_action (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  operator_id uuid NOT NULL REFERENCES operator (id),
  action text NOT NULL CHECK (action <> ''),
  about jsonb NOT NULL
);
CREATE TRIGGER operator_action_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_action
  FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();

-- What an operator has prepared to issue; looked at once more before it goes out.
CREATE TABLE publication (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES operator (id),
  kind text NOT NULL CHECK (kind <> ''),
  -- `[{ id, to: { officeId } | { area }, body }]`
  items jsonb NOT NULL CHECK (jsonb_array_length(items) > 0),
  prepared_at timestamptz NOT NULL,
  issued_at timestamptz
);
CREATE INDEX publication_prepared ON publication (prepared_at);
