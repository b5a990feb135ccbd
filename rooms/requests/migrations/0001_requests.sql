create table request_categories (
  code text primary key,
  organisation_id text not null,
  position bigint not null,
  active boolean not null,
  definition text not null
);

create table requests (
  id text primary key,
  code text not null,
  category text not null references request_categories (code),
  organisation_id text not null,
  district text,
  lat_micro bigint,
  long_micro bigint,
  address text not null,
  description text not null,
  attributes text not null,
  source text not null,
  reporter text not null,
  reporter_id text,
  officer_id text,
  officer_name text,
  state text not null,
  state_at bigint not null,
  state_text text not null,
  opened_at bigint not null,
  updated_at bigint not null,
  closed_at bigint,
  version bigint not null,
  media_url text
);
create unique index requests_code on requests (code);
create index requests_opened on requests (opened_at, id);
create index requests_district on requests (district, opened_at, id);
create index requests_category on requests (category, opened_at, id);
create index requests_inbox on requests (organisation_id, opened_at, id) where closed_at is null;
create index requests_reporter on requests (reporter_id) where reporter_id is not null;

create table request_reporters (
  request_id text primary key references requests (id),
  secret_hash text not null,
  email text,
  name text,
  phone text,
  language text not null
);

create table request_history (
  id text primary key,
  request_id text not null references requests (id),
  at bigint not null,
  saying text not null,
  actor text not null,
  actor_name text not null,
  body text not null,
  detail text not null,
  state text not null,
  internal boolean not null
);
create index request_history_request on request_history (request_id, at, id);
create index request_history_at on request_history (at, id) where internal = false;

create table request_drafts (
  secret_hash text primary key,
  fields text not null,
  photo_id text,
  updated_at bigint not null
);

create table request_counts (
  district text not null,
  category text not null,
  is_open boolean not null,
  requests bigint not null,
  primary key (district, category, is_open)
);

create table request_updates_posted (
  client text not null,
  update_id text not null,
  answer_id text not null,
  primary key (client, update_id)
);
