-- What a file is: a photo that was drawn anew, or a PDF as it came.
alter table service_files add column media text not null default 'image/jpeg';
