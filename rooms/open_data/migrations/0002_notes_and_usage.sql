-- What people tell those who publish: they ask for data, report a mistake in it, show what they made of it.
create table data_notes (
  code text collate "C" primary key,
  kind text not null,
  organisation_id text not null,
  title text not null,
  body text not null,
  url text not null,
  -- Where in a dataset a mistake is: the table, the row, the column; empty for all of it.
  table_name text not null,
  row_number bigint,
  column_name text not null,
  state text not null,
  state_at bigint not null,
  made_at bigint not null,
  due_at bigint,
  person_id text,
  handle text not null,
  supports bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index data_notes_newest on data_notes (kind, made_at, code);
create index data_notes_supported on data_notes (kind, supports, code);
create index data_notes_waiting on data_notes (organisation_id, due_at, code) where state in ('open', 'waiting');
create index data_notes_person on data_notes (person_id) where person_id is not null;

create table data_note_datasets (
  note text collate "C" not null references data_notes (code),
  dataset text not null,
  primary key (note, dataset)
);
create index data_note_datasets_dataset on data_note_datasets (dataset, note);

-- Who supports a request for data. Private: the public sees how many.
create table data_note_supports (
  note text collate "C" not null references data_notes (code),
  person_id text not null,
  at bigint not null,
  primary key (note, person_id)
);
create index data_note_supports_person on data_note_supports (person_id);

-- What was answered, never changed: the last one holds.
create table data_note_answers (
  id text primary key,
  note text collate "C" not null references data_notes (code),
  at bigint not null,
  agency text not null,
  state text not null,
  body text not null
);
create index data_note_answers_note on data_note_answers (note, at, id);

-- How often a dataset was used, counted by day and way: nothing of who did.
create table dataset_usage (
  dataset_id text not null,
  day text not null,
  way text not null,
  uses bigint not null,
  primary key (dataset_id, day, way)
);
