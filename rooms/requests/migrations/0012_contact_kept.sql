-- Reports that still hold contact data, for ending it when its time has come.
create index request_reporters_contact on request_reporters (request_id) where email is not null or name is not null or phone is not null;
-- Words as they were before they were blackened.
create index request_history_original on request_history (at, id) where saying = 'request.original' and body <> '';
