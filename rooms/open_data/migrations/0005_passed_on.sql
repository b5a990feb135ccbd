-- Requests for data that were passed on from one agency to another, never changed.
create table data_note_passes (
  id text primary key,
  note text collate "C" not null references data_notes (code),
  at bigint not null,
  from_agency text not null,
  to_agency text not null,
  body text not null
);
create index data_note_passes_note on data_note_passes (note, at, id);
