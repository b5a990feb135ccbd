create table surveys (
  code text collate "C" primary key,
  definition text not null,
  organisation_id text,
  opens_at bigint not null,
  closes_at bigint not null,
  published_at bigint,
  counted_at bigint,
  results text not null,
  made_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index surveys_order on surveys (closes_at, code);
create index surveys_uncounted on surveys (closes_at) where published_at is not null and counted_at is null;

-- What somebody answers: while it is written, and as it was sent. Private. Who it was is taken out some time after the close.
create table survey_answers (
  survey text collate "C" not null references surveys (code),
  who text collate "C" not null,
  person_id text,
  draft text not null,
  sent text,
  updated_at bigint not null,
  primary key (survey, who)
);
create index survey_answers_person on survey_answers (person_id) where person_id is not null;
create index survey_answers_old on survey_answers (updated_at) where sent is null;
