-- What operators did about work that was stuck, and why.
create table operation_entry (
    entry_no    bigint generated always as identity,
    happened_at timestamp with time zone not null,
    event       varchar(60)              not null,
    number      varchar(64),
    subject     varchar(300)             not null,
    who         varchar(64)              not null,
    reason      varchar(2000)            not null,
    constraint operation_entry_pk primary key (entry_no)
);
create index operation_entry_number on operation_entry (number);
