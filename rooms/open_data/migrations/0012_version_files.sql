-- The files of published datasets as they were: a row for each version in which a resource got another file; no file, where it was taken
-- away. A file that is named here is kept.
create table dataset_version_files (
  resource_id text not null,
  version bigint not null,
  dataset_id text not null,
  table_name text,
  file_id text,
  sheet bigint not null,
  revision bigint not null,
  at bigint not null,
  -- What was said of it then, as JSON.
  body text not null,
  primary key (resource_id, version)
);
create index dataset_version_files_dataset on dataset_version_files (dataset_id, version);
create index dataset_version_files_file on dataset_version_files (file_id);
