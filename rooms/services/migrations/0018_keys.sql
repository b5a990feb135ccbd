create table application_keys (
  -- Private links that were sent to the filed address after the first was lost; only the hash of each is kept.
  secret_hash text primary key,
  code text not null references applications (code),
  made_at bigint not null
);
create index application_keys_code on application_keys (code, made_at);
