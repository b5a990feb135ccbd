-- Where a mail of a list can be stopped in one click (RFC 8058); empty for mails that answer an act.
alter table mails add column unsubscribe text not null default '';
