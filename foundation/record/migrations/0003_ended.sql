-- Records of this town that could not go on, with what was signed of them last: in the database, and outside of it.
create table record_ended (
  number bigint primary key,
  origin text not null,
  verifier text not null,
  why text not null,
  ended_at bigint not null,
  size bigint not null,
  note text not null,
  signed_size bigint not null,
  signed_note text not null,
  cosigned text not null
);

-- The key of the record stands beside what it signed, so that what was signed can be checked when the key file is lost.
alter table record_checkpoint add column verifier text not null default '';
