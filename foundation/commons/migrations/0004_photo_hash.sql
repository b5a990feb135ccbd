-- The difference hash of a photo (engine likeness), by which the same picture is known again; null for what shows nothing.
alter table files add column hash bigint;
