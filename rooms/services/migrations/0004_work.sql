-- One inbox: what waits for an officer, by due date, without reading what waits for others.
create index applications_work on applications (organisation_id, is_open, officer, due_at, code);
create index applications_service on applications (organisation_id, is_open, service, due_at, code);
create index applications_second on applications (organisation_id, state, due_at, code) where state in ('proposed', 'in-appeal');
