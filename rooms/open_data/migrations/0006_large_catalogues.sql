-- Whether something has changed is asked every second, and must not read every dataset's words.
create index datasets_versions on datasets (version, id);
create index datasets_updated on datasets (updated_at);
