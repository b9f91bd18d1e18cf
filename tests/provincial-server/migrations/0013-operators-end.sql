-- An operator who leaves is disabled, never deleted: what was done stays in their name.
ALTER TABLE operator ADD COLUMN disabled_at timestamptz;

-- What was done at the server itself, by a command, is nobody's of these.
ALTER TABLE operator_action ALTER COLUMN operator_id DROP NOT NULL;

-- Tries count by where they come from as well, so that a stranger keeps nobody out.
ALTER TABLE login_try ADD COLUMN address text NOT NULL DEFAULT '';
CREATE INDEX login_try_address ON login_try (address, at);

-- Where an operator got in lately.
CREATE TABLE operator_address (
  operator_id uuid NOT NULL REFERENCES operator (id),
  address text NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (operator_id, address)
);
