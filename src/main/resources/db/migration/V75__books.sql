-- Our books held against the payment provider's.

create sequence book_difference_seq;

-- The days that were compared, each read whole.
create table book_check (
    checked_day date                     not null,
    checked_at  timestamp with time zone not null,
    bookings    int                      not null,
    differences int                      not null,
    constraint book_check_pk primary key (checked_day)
);

-- What differed, and what finance found out about it. `ours` and `theirs` are for people to read.
create table book_difference (
    number      varchar(20)              not null,
    book_day    date                     not null,
    kind        varchar(30)              not null,
    payout_key  varchar(64)              not null,
    merchant_id varchar(64)              not null,
    case_number varchar(20),
    ours        varchar(500),
    theirs      varchar(500),
    found_at    timestamp with time zone not null,
    decision    varchar(10),
    reference   varchar(100),
    remark      varchar(2000),
    decided_by  varchar(64),
    decided_at  timestamp with time zone,
    constraint book_difference_pk primary key (number),
    constraint book_difference_once unique (payout_key, kind),
    constraint book_difference_decision check (decision in ('EXPLAINED', 'CORRECTED'))
);
create index book_difference_open on book_difference (decision);
create index payout_settled on payout (settled_at);
