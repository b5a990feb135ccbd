-- The town's own words for reasons: a row for each that was written or changed; the built-in ones without a row are as they were.
create table moderation_reasons (
  code text primary key,
  words text not null,
  position bigint not null,
  active boolean not null,
  version bigint not null
);

-- The words of a reason as they were when it was given; empty for the built-in ones, which never change.
alter table moderation_cases add column reason_words text not null default '';
alter table moderation_withheld add column reason_words text not null default '';
alter table moderation_log add column reason_words text not null default '';
