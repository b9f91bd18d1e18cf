ALTER TABLE signing_key
  -- Since when it counts as got out: it is vouched for no more, nor does it make a credential.
  ADD COLUMN lost_at timestamptz,
  ADD CHECK (lost_at IS NULL OR retired_at IS NOT NULL);
-- Vouchers of before name no relation, and count for nothing. What is announced is announced anew, with its own.
UPDATE signing_key SET vouchers = '{}';
DELETE FROM signing_key WHERE active_at IS NULL;
-- `x` of the newest signing key that the office said it knows; null from an older program.
ALTER TABLE office ADD COLUMN known_key text;
