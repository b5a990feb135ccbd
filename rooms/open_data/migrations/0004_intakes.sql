-- Files that are being taken in: too large to be waited for, or fetched from an address.
create table data_intakes (
  id text primary key,
  dataset_id text not null,
  organisation_id text not null,
  -- Whose file is replaced; null where one is added.
  resource_id text,
  -- The bytes, once they are kept here; until then they are fetched from the address.
  file_id text,
  url text not null,
  -- What is said of the file, as JSON.
  body text not null,
  actor text not null,
  language text not null,
  state text not null,
  step text not null,
  done bigint not null,
  whole bigint not null,
  percent bigint not null,
  attempts bigint not null,
  -- Who is at it, and until when it counts as alive.
  runner text not null,
  held_until bigint not null,
  trouble text not null,
  made_at bigint not null,
  ended_at bigint
);
create index data_intakes_waiting on data_intakes (held_until, id) where state = 'waiting';
create index data_intakes_dataset on data_intakes (dataset_id, made_at);
create index data_intakes_file on data_intakes (file_id) where file_id is not null;
