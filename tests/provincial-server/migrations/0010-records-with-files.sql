-- Records that name files are few: what they name and is not here is found without reading all the others.
CREATE INDEX record_with_files ON record (office_id) WHERE body -> 'attachments' <> '[]';
