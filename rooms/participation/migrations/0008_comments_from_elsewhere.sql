-- Where a comment that was taken over came from. Its place in its import: what is answered comes before its answers.
create table proposal_comment_origins (
  process text collate "C" not null,
  source_id text not null,
  proposal text collate "C" not null references proposals (code),
  comment text collate "C" not null,
  import text collate "C" not null,
  place bigint not null,
  primary key (process, source_id)
);
create index proposal_comment_origins_import on proposal_comment_origins (import, place);
create index proposal_comment_origins_proposal on proposal_comment_origins (proposal);
