-- What goes down to the offices, and what they ask for beside pushing.

-- Issued one at a time (see `publish`), so that nobody's cursor passes an item that is not there yet.
CREATE TABLE down_item (
  cursor bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  office_id uuid REFERENCES office (id),
  -- For every office of this area: the province, a city, a kecamatan or a kelurahan.
  area text CHECK (area ~ '^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$'),
  kind text NOT NULL CHECK (kind <> ''),
  issued_at timestamptz NOT NULL,
  body jsonb NOT NULL,
  CHECK ((office_id IS NULL) <> (area IS NULL))
);
CREATE INDEX down_item_office ON down_item (office_id, cursor);
CREATE INDEX down_item_area ON down_item (area, cursor);

-- How far each office has taken what came down.
ALTER TABLE office ADD COLUMN down_cursor bigint NOT NULL DEFAULT 0;

-- Reserved registration numbers: no number is in two pools.
CREATE TABLE number_pool (
  id uuid PRIMARY KEY,
  office_id uuid NOT NULL REFERENCES office (id),
  request_id uuid NOT NULL,
  first bigint NOT NULL CHECK (first > 0),
  last bigint NOT NULL CHECK (last >= first),
  granted_at timestamptz NOT NULL,
  UNIQUE (office_id, request_id),
  EXCLUDE USING gist (int8range(first, last, '[]') WITH &&)
);

-- Content of what records name, as it comes in pieces. A piece is written once.
CREATE TABLE attachment (
  office_id uuid NOT NULL REFERENCES office (id),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  size integer NOT NULL CHECK (size > 0),
  media_type text NOT NULL,
  received integer NOT NULL CHECK (received BETWEEN 0 AND size),
  complete_at timestamptz,
  PRIMARY KEY (office_id, hash),
  CHECK (complete_at IS NULL OR received = size)
);
CREATE TABLE attachment_chunk (
  office_id uuid NOT NULL,
  hash text NOT NULL,
  first_byte integer NOT NULL CHECK (first_byte >= 0),
  bytes bytea NOT NULL CHECK (length(bytes) > 0),
  PRIMARY KEY (office_id, hash, first_byte),
  FOREIGN KEY (office_id, hash) REFERENCES attachment (office_id, hash) ON DELETE CASCADE
);
