-- Until when statements can be written, and whether the map is shown while people answer.
alter table conversations add column writing_until bigint;
alter table conversations add column map_shown text not null default 'open';
