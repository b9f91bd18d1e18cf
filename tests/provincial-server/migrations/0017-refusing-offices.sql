-- Since when an office cannot prove what is issued to it, and applies none of it; null while it takes it.
ALTER TABLE office ADD COLUMN refuses_since timestamptz;
