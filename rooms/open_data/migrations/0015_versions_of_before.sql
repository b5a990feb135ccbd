-- Files of before a dataset was withdrawn stay closed when it is published again, unless its publishers say otherwise.
alter table dataset_version_files add column is_hidden boolean not null default false;
