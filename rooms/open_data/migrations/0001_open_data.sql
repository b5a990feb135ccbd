create table datasets (
  id text primary key,
  name text not null unique,
  organisation_id text not null,
  state text not null,
  -- Everything else that is said of it, as JSON; searched in memory.
  body text not null,
  made_at bigint not null,
  updated_at bigint not null,
  published_at bigint,
  version bigint not null,
  -- Where it was taken over from, and what it is called there; empty for what was made here.
  source text not null,
  source_id text not null
);
create index datasets_source on datasets (source, source_id);

create table dataset_resources (
  id text primary key,
  dataset_id text not null references datasets (id),
  position bigint not null,
  -- What it is called in questions; small letters, digits and _.
  table_name text unique,
  file_id text,
  sheet bigint not null,
  revision bigint not null,
  updated_at bigint not null,
  body text not null
);
create index dataset_resources_dataset on dataset_resources (dataset_id, position);
create index dataset_resources_file on dataset_resources (file_id);

create table dataset_files (
  -- The bytes as they were handed in: what is durable. Tables are made of them anew.
  id text primary key,
  made_at bigint not null,
  file_name text not null,
  size_bytes bigint not null,
  sha256 text not null
);

create table dataset_bytes (
  file_id text not null references dataset_files (id),
  number bigint not null,
  chunk bytea not null,
  primary key (file_id, number)
);

create table dataset_versions (
  dataset_id text not null references datasets (id),
  version bigint not null,
  at bigint not null,
  saying text not null,
  actor text not null,
  body text not null,
  primary key (dataset_id, version)
);

create table harvest_sources (
  id text primary key,
  url text not null unique,
  kind text not null,
  organisation_id text not null,
  made_at bigint not null,
  run_at bigint,
  report text not null
);
