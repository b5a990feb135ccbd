-- Why a statement is not shown is a reason of the town, in the words of the day it was decided; empty for built-in ones.
alter table conversation_statements add column reason_words text not null default '';
alter table conversation_acts add column reason_words text not null default '';

-- What this room called so is a reason of every room.
update conversation_statements set reason = 'personal-data' where reason = 'private';
update conversation_acts set reason = 'personal-data' where reason = 'private';
