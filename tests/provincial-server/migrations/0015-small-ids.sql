-- Worksheets and other programs wrote ids of families, members and records in capitals, and so they were issued: no
-- office found whom they name. Bodies are signed as they are read, so that an office that comes by later gets them small.
CREATE FUNCTION pg_temp.with_small_ids(given jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT string_agg(part || coalesce(lower(found[1]), ''), '' ORDER BY nth)::jsonb
  FROM regexp_split_to_table(given::text, '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}') WITH ORDINALITY AS parts (part, nth)
  LEFT JOIN regexp_matches(given::text, '([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})', 'g') WITH ORDINALITY AS ids (found, nth) USING (nth)
$$;
UPDATE down_item SET body = pg_temp.with_small_ids(body)
WHERE kind IN ('decision.penetapan', 'decision.rank', 'decision.recipients', 'record.rejected', 'case.changed')
  AND body <> pg_temp.with_small_ids(body);
UPDATE publication SET items = pg_temp.with_small_ids(items)
WHERE issued_at IS NULL AND kind <> 'reference.list' AND items <> pg_temp.with_small_ids(items);
