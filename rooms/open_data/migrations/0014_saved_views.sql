-- Views of tables that somebody gave a name: filters, order, groups. Without a person they are for everybody.
create table dataset_saved_views (
  id text primary key,
  resource_id text not null,
  name text not null,
  title text not null,
  -- The question, as an address has it.
  query text not null,
  -- Whose it is. Private.
  person_id text,
  at bigint not null
);
create index dataset_saved_views_resource on dataset_saved_views (resource_id, name);
create unique index dataset_saved_views_shared on dataset_saved_views (resource_id, name) where person_id is null;
create unique index dataset_saved_views_own on dataset_saved_views (person_id, resource_id, name) where person_id is not null;
