-- Who looked up the account of an address, and why: for the person whose account it is.
create table account_looks (
  id text primary key,
  person_id text not null,
  at bigint not null,
  actor text not null,
  why text not null
);
create index account_looks_person on account_looks (person_id, at);
