-- Families that were taken in before names were kept (0003) were found by no name.
UPDATE province_case AS held SET member_names = coalesce((
  SELECT string_agg(trim(lower(regexp_replace(member ->> 'name', '[^[:alnum:]]+', ' ', 'g'))), ' ' ORDER BY place)
  FROM case_version AS standing
  LEFT JOIN record ON record.office_id = standing.office_id AND record.key = standing.record_key AND record.city = standing.city
  CROSS JOIN jsonb_array_elements(coalesce(standing.body, record.body) -> 'members') WITH ORDINALITY AS listed (member, place)
  WHERE standing.case_id = held.case_id AND standing.version = held.version AND standing.city = held.city), '')
WHERE member_names = '';
