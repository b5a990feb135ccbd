-- Files that are no photos: what they are called, what they are by their content, and how large. A photo has none of these.
alter table files add column name text;
alter table files add column media_type text;
alter table files add column size_bytes bigint;
