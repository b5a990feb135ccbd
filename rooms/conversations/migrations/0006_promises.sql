-- Who promised is one of the town's organisations; nothing for the town as a whole, and where only a name was written.
alter table conversation_promises add column organisation_id text;
