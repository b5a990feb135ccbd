-- Who may mark voters and enter ballots on paper, vote by vote; each is named on the record.
create table voting_clerks (
  vote text not null,
  clerk text not null,
  named_at bigint not null,
  primary key (vote, clerk)
);
-- Who marked a voter that came in person; empty for ballots online.
alter table voting_marks add column clerk text not null default '';
-- What a clerk read, sealed by the key of the box; null in rows from before, whose words stand in `choices`.
alter table voting_sheets add column sealed bytea;
-- Why a sheet is struck out.
alter table voting_sheets add column why text not null default '';
-- What became of the ballots on paper, by channel, as JSON; known when the clerks are done.
alter table voting_votes add column paper_counts text not null default '{}';
