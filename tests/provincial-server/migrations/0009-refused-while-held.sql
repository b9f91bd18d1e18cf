-- What was refused while it was held stayed with what is held, and the record it waited for brought it in after all.
DELETE FROM held_record AS held USING rejection
WHERE rejection.office_id = held.office_id AND rejection.key = held.key;
