create table application_letters (
  -- Letters as they were written, by the id of their step: what the office prints and the applicant keeps.
  step text primary key,
  code text not null references applications (code),
  organisation_id text not null,
  at bigint not null,
  language text not null,
  subject text not null,
  body text not null,
  -- Whether it must go by post, because somebody who applies has no e-mail address.
  by_post boolean not null,
  posted_at bigint,
  posted_by text not null
);
create index application_letters_code on application_letters (code, at, step);
create index application_letters_waiting on application_letters (organisation_id, at, step) where by_post = true and posted_at is null;
