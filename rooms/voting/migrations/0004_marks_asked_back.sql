-- Which clerk asked that the mark of a voter be taken back, and why; it is when another clerk asks for it too.
alter table voting_marks add column back_by text not null default '';
alter table voting_marks add column back_why text not null default '';
