-- Proposals taken over from elsewhere: each import with its counts, and where each proposal came from.
create table proposal_imports (
  code text collate "C" primary key,
  process text collate "C" not null references processes (code),
  origin text not null,
  at bigint not null,
  undone_at bigint,
  row_count bigint not null,
  stored bigint not null,
  already bigint not null,
  set_aside bigint not null,
  removed bigint not null,
  stayed bigint not null
);
create index proposal_imports_process on proposal_imports (process, at, code);

create table proposal_origins (
  process text collate "C" not null,
  source_id text not null,
  proposal text collate "C" not null references proposals (code),
  import text collate "C" not null,
  primary key (process, source_id)
);
create index proposal_origins_import on proposal_origins (import, proposal);
