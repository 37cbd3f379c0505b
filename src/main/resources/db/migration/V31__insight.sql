-- Figures of what the flows do: what each record counts for, changes that wait to be added up, and the sums.
-- Amounts are in minor units, times in seconds.

-- What a case or feedback counts for now, as one JSON list. The row is held while it is worked out anew.
create table statistic_record (
    number  varchar(20) not null,
    counted text        not null,
    constraint statistic_record_pk primary key (number)
);
insert into statistic_record (number, counted) select number, '[]' from after_sale_case;
insert into statistic_record (number, counted) select number, '[]' from feedback;

-- Written in the transaction that changes the record and never waited for; folded into the sums soon after.
create table statistic_change (
    change_no   bigint generated always as identity,
    merchant_id varchar(64)    not null,
    counted_on  date           not null,
    kind        varchar(20)    not null,
    reason      varchar(40)    not null,
    sku         varchar(64)    not null,
    currency    varchar(3)     not null,
    measure     varchar(200)   not null,
    bucket      int            not null,
    n           bigint         not null,
    total       numeric(38, 0) not null,
    squares     numeric(38, 0) not null,
    constraint statistic_change_pk primary key (change_no)
);

-- Sums by day (D) and by month (M), in three shapes: by kind (K), by kind and reason (R), by product and reason (S).
-- What a shape does not tell apart is empty.
create table statistic_sum (
    merchant_id varchar(64)    not null,
    shape       varchar(1)     not null,
    span        varchar(1)     not null,
    starts_on   date           not null,
    kind        varchar(20)    not null,
    reason      varchar(40)    not null,
    sku         varchar(64)    not null,
    currency    varchar(3)     not null,
    measure     varchar(200)   not null,
    n           bigint         not null,
    total       numeric(38, 0) not null,
    squares     numeric(38, 0) not null,
    -- How many times fell into which log-scaled bucket, such as 12:3,40:1; empty where no time is measured.
    buckets     text           not null,
    constraint statistic_sum_pk
        primary key (merchant_id, shape, span, starts_on, kind, reason, sku, currency, measure)
);

-- Who folds holds this row.
create table statistic_fold (
    id        int not null,
    folded_at timestamp with time zone,
    constraint statistic_fold_pk primary key (id)
);
insert into statistic_fold (id) values (1);
