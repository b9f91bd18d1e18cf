-- A number of the province belongs to one case for good, also once that bears another (ADR 4).
CREATE TABLE case_number (
  number text PRIMARY KEY,
  case_id uuid NOT NULL
);
INSERT INTO case_number (number, case_id)
SELECT province_number, case_id FROM province_case WHERE province_number IS NOT NULL;
INSERT INTO case_number (number, case_id)
SELECT borne.number, borne.case_id FROM (
  SELECT coalesce(held.body, record.body) #>> '{case,provinceNumber}' AS number, held.case_id, held.made_at
  FROM case_version AS held
  LEFT JOIN record ON record.office_id = held.office_id AND record.key = held.record_key AND record.city = held.city
) AS borne WHERE borne.number IS NOT NULL ORDER BY borne.made_at
ON CONFLICT (number) DO NOTHING;

CREATE FUNCTION keep_case_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_number (number, case_id) VALUES (NEW.province_number, NEW.case_id) ON CONFLICT (number) DO NOTHING;
  IF NOT EXISTS (SELECT 1 FROM case_number WHERE number = NEW.province_number AND case_id = NEW.case_id) THEN
    RAISE unique_violation USING MESSAGE = 'The number belongs to another case.', CONSTRAINT = 'case_number_pkey';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER case_number_kept AFTER INSERT OR UPDATE OF province_number ON province_case
FOR EACH ROW WHEN (NEW.province_number IS NOT NULL) EXECUTE FUNCTION keep_case_number();
