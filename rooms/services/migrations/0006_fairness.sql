create table service_gaps (
  -- Groups that fare clearly worse than the others for the same mix of services, as long as they do.
  measure text not null,
  by_what text not null,
  group_code text not null,
  opened_at bigint not null,
  -- How large it was when it opened, with the interval: a ratio, or a difference of shares.
  hundredths bigint not null,
  low_hundredths bigint not null,
  high_hundredths bigint not null,
  primary key (measure, by_what, group_code)
);
-- What an agency decided of late, for the measured rates of its queue.
create index applications_decided on applications (organisation_id, decided_at) where decided_at is not null;
