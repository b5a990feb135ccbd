create table record_cosignatures (
  witness text primary key,
  size bigint not null,
  note text not null,
  line text not null,
  cosigned_at bigint not null
);
