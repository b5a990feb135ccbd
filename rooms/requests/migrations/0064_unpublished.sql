-- Since when words or photos of a report wait for the desk before they are public; the words themselves are moved aside.
alter table requests add column unpublished_at bigint;
create index requests_unpublished on requests (unpublished_at, id) where unpublished_at is not null;
