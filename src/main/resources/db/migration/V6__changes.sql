-- Moves of running cases to another version of their flow. Merchant ids stand one to a line.
create table flow_migration (
    batch_id     varchar(64)              not null,
    flow         varchar(64)              not null,
    from_version int                      not null,
    to_version   int                      not null,
    instances    int                      not null,
    merchant_ids varchar(4000)            not null,
    started_by   varchar(64)              not null,
    started_at   timestamp with time zone not null,
    constraint flow_migration_pk primary key (batch_id)
);
