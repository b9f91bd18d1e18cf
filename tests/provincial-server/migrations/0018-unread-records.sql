-- Records of a kind that this server does not know yet: not kept, and sent again by their office; operators see that they wait.
CREATE TABLE unread_record (
  office_id uuid NOT NULL REFERENCES office (id),
  key uuid NOT NULL,
  case_id uuid,
  since timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (office_id, key)
);
