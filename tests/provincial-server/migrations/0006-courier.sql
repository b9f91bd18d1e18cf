-- Bundles that a courier carries, for offices without a line.

-- One key: what is under way was encrypted to it.
CREATE TABLE courier_key (
  id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  private_jwk jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE courier_bundle (
  office_id uuid NOT NULL REFERENCES office (id),
  bundle_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  -- By the office's clock.
  made_at timestamptz NOT NULL,
  records integer NOT NULL CHECK (records >= 0),
  read_at timestamptz NOT NULL,
  PRIMARY KEY (office_id, bundle_id)
);
