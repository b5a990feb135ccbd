create table voting_votes (
  code text primary key,
  state text not null,
  state_at bigint not null,
  state_text text not null,
  opens_at bigint not null,
  closes_at bigint not null,
  definition text not null,
  origin text not null,
  key_print text not null,
  paper_done boolean not null,
  turnout text not null,
  created_at bigint not null,
  version bigint not null
);
create index voting_votes_closing on voting_votes (closes_at, code);
create index voting_votes_state on voting_votes (state, closes_at);

create table voting_roll (
  vote text not null,
  voter text not null,
  primary key (vote, voter)
) /* without rowid */;

create table voting_marks (
  vote text not null,
  voter text not null,
  channel text not null,
  primary key (vote, voter)
) /* without rowid */;

create table voting_box (
  vote text not null,
  id text not null,
  sealed bytea not null,
  primary key (vote, id)
) /* without rowid */;

create table voting_sheets (
  vote text not null,
  sheet text not null,
  clerk text not null,
  channel text not null,
  choices text not null,
  primary key (vote, sheet, clerk)
) /* without rowid */;

create table voting_ballots (
  vote text not null,
  receipt text not null,
  choices text not null,
  primary key (vote, receipt)
) /* without rowid */;

create table voting_results (
  vote text primary key,
  outcome text not null,
  others text not null,
  ballots_file text not null,
  outcome_sha256 text not null,
  ballots_sha256 text not null,
  counted_at bigint not null
);
