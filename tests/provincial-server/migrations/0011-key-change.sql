-- A key is announced before it signs: the one before vouches for it, and it for the one before.
ALTER TABLE signing_key
  -- Since when it signs; null while it is only announced.
  ADD COLUMN active_at timestamptz DEFAULT now(),
  -- `KeyVoucher`, compact JWS: of this key by the one before, and the reverse. Empty for the first key.
  ADD COLUMN vouchers text[] NOT NULL DEFAULT '{}',
  ADD CHECK (retired_at IS NULL OR active_at IS NOT NULL);
UPDATE signing_key SET active_at = created_at;
DROP INDEX signing_key_active;
CREATE UNIQUE INDEX signing_key_active ON signing_key ((true)) WHERE active_at IS NOT NULL AND retired_at IS NULL;
CREATE UNIQUE INDEX signing_key_announced ON signing_key ((true)) WHERE active_at IS NULL;
