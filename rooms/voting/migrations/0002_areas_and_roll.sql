alter table voting_roll add column line text not null default '';
alter table voting_roll add column facts text not null default '';
alter table voting_roll add column has text not null default '';
create index voting_roll_line on voting_roll (vote, line);

create table voting_area_results (
  vote text not null,
  area text not null,
  place bigint not null,
  why text not null,
  outcome text not null,
  others text not null,
  ballots_file text not null,
  outcome_sha256 text not null,
  ballots_sha256 text not null,
  counted_at bigint not null,
  primary key (vote, area)
) /* without rowid */;
