create table desk_teams (
  -- Whether new applications are shared out among the officers of an agency by themselves.
  organisation_id text primary key,
  shares boolean not null
);

create table officer_skills (
  -- Services that an officer knows. Of whom nothing is said, knows all.
  organisation_id text not null,
  person_id text not null,
  officer text not null,
  service text not null,
  primary key (organisation_id, officer, service)
);
create index officer_skills_person on officer_skills (person_id);

create table officer_absences (
  -- Days on which an officer is away, both ends among them, as 2026-12-24; who covers for them, empty for the whole agency.
  id text primary key,
  organisation_id text not null,
  person_id text not null,
  officer text not null,
  from_day text not null,
  to_day text not null,
  cover text not null
);
create index officer_absences_organisation on officer_absences (organisation_id, to_day);
create index officer_absences_person on officer_absences (person_id);
