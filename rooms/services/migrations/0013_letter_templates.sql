create table service_letter_templates (
  -- Letters that an office writes again and again. They hold the office's own words with fields in braces, and nothing about anybody.
  id text primary key,
  organisation_id text not null,
  -- The service it is for; null for all services of the agency.
  service text references services (code),
  name text not null,
  -- The text by language, as JSON.
  texts text not null,
  version bigint not null,
  changed_at bigint not null,
  retired_at bigint
);
create unique index service_letter_templates_name on service_letter_templates (organisation_id, name) where retired_at is null;
create index service_letter_templates_retired on service_letter_templates (retired_at) where retired_at is not null;
