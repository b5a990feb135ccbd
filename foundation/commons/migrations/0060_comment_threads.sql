-- Answers to comments. The path is the ids from the first comment of a thread down to this one, so that its order is the order in
-- which a thread is read. An erased comment that was answered keeps its place, without words and without an author.
alter table comments add column parent_id text;
alter table comments add column root_id text not null default '';
alter table comments add column path text not null default '';
alter table comments add column depth bigint not null default 0;
alter table comments add column gone boolean not null default false;
update comments set root_id = id, path = id;
create index comments_thread on comments (root_id, path);
create index comments_firsts on comments (subject_kind, subject_id, at, id) where depth = 0;
