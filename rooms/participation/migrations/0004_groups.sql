-- People who put proposals forward together, under a name of their own.
create table proposal_groups (
  code text collate "C" primary key,
  name text not null,
  made_at bigint not null
);

create table proposal_group_members (
  group_code text collate "C" not null references proposal_groups (code),
  person_id text not null,
  handle text not null,
  name text not null,
  at bigint not null,
  primary key (group_code, person_id)
);
create index proposal_group_members_person on proposal_group_members (person_id);

create table proposal_group_invitations (
  token_hash text primary key,
  group_code text collate "C" not null references proposal_groups (code),
  email text not null,
  at bigint not null
);
create index proposal_group_invitations_group on proposal_group_invitations (group_code);

alter table proposals add column group_code text;
create index proposals_of_group on proposals (group_code) where group_code is not null;
