-- One order in one go: what was asked for together, and the number under which each part runs by itself.

create sequence handling_number_seq;

create table handling (
    number      varchar(20)              not null,
    merchant_id varchar(64)              not null,
    order_id    varchar(64)              not null,
    buyer_id    varchar(64)              not null,
    status      varchar(20)              not null,
    outcome     varchar(40),
    opened_at   timestamp with time zone not null,
    closed_at   timestamp with time zone,
    constraint handling_pk primary key (number),
    constraint handling_of_order foreign key (merchant_id, order_id) references shop_order
);
create index handling_order on handling (merchant_id, order_id);

create table handling_part (
    handling_number varchar(20) not null,
    part            varchar(20) not null,
    number          varchar(20) not null,
    constraint handling_part_pk primary key (handling_number, part),
    constraint handling_part_number unique (number),
    constraint handling_part_of_handling foreign key (handling_number) references handling
);
