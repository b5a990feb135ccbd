-- Reports that came with a key of the sender's, so that one sent twice is stored once. Never the key, only its hash.
create table request_sent (
  key_hash text primary key,
  fingerprint text not null,
  salt text not null,
  code text not null,
  at bigint not null
);
create index request_sent_at on request_sent (at);

-- Notices on the spot: a code that opens the report with category and place filled in.
create table request_posters (
  code text primary key,
  category text not null references request_categories (code),
  organisation_id text not null,
  district text,
  lat_micro bigint,
  long_micro bigint,
  address text not null,
  asset text not null,
  made_at bigint not null,
  made_by text not null,
  withdrawn_at bigint
);
create index request_posters_organisation on request_posters (organisation_id, made_at, code);
