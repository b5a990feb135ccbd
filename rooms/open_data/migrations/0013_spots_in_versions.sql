-- A row is another one in another version: which version of the dataset a mistake was seen in. Null where nothing is known of it.
alter table data_notes add column data_version bigint;
