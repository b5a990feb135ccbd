-- The inbox by when it was filed, and of one state or district, read off an index from its beginning.
create index applications_inbox_filed on applications (organisation_id, is_open, filed_at, code);
create index applications_inbox_state on applications (organisation_id, is_open, state, due_at, code);
create index applications_inbox_district on applications (organisation_id, is_open, district, due_at, code) where district is not null;

-- Views of the inbox that officers keep for themselves: a name and the query of its address. At most one opens by itself.
create table service_desk_views (
  person_id text not null,
  name text not null,
  query text not null,
  is_first boolean not null,
  primary key (person_id, name)
);
