-- Exchanges: stock that is set aside, what an exchange came to, and replacements in the ledger. Amounts are in minor units.

-- A line that the shop never told: units that went out in exchange for others, by the case that sent them.
alter table order_line add column replaces_for varchar(20);
alter table order_line add column delivered_at timestamp with time zone;
create index order_line_replaces on order_line (replaces_for);
-- What the buyer paid on top of such an exchange.
alter table tender add column paid_for varchar(20);

-- What of a unit went over into its replacement; it is not given back for this unit any more.
alter table order_unit add column carried_minor bigint not null default 0;
alter table order_unit drop constraint order_unit_within_share;
alter table order_unit add constraint order_unit_within_share
    check (taken_minor >= 0 and carried_minor >= 0 and taken_minor + carried_minor <= share_minor);

-- Units set aside in the stock system; the id is the key at which it knows them. One for each case.
create table stock_reservation (
    case_number varchar(20)              not null,
    merchant_id varchar(64)              not null,
    id          varchar(64)              not null,
    sku         varchar(64)              not null,
    quantity    int                      not null,
    state       varchar(10)              not null,
    attempts    int                      not null default 0,
    asked_at    timestamp with time zone not null,
    reserved_at timestamp with time zone,
    ended_at    timestamp with time zone,
    constraint stock_reservation_pk primary key (case_number),
    constraint stock_reservation_id unique (id),
    constraint stock_reservation_quantity check (quantity > 0),
    constraint stock_reservation_state check (state in ('ASKED', 'RESERVED', 'NONE', 'TAKEN', 'RELEASED'))
);

-- What an exchange came to. `difference_minor` above 0 is owed by the buyer, below 0 it is paid out.
create table exchange (
    case_number       varchar(20)              not null,
    merchant_id       varchar(64)              not null,
    sku               varchar(64)              not null,
    quantity          int                      not null,
    price_minor       bigint                   not null,
    credit_minor      bigint                   not null,
    difference_minor  bigint                   not null,
    settlement        varchar(20)              not null,
    settled_at        timestamp with time zone not null,
    payment_reference varchar(64),
    payment_method    varchar(20),
    difference_paid_at timestamp with time zone,
    booked_at         timestamp with time zone,
    announced_at      timestamp with time zone,
    delivered_at      timestamp with time zone,
    constraint exchange_pk primary key (case_number),
    constraint exchange_of_case foreign key (case_number) references after_sale_case,
    constraint exchange_payment unique (merchant_id, payment_reference),
    constraint exchange_amounts check (price_minor >= 0 and credit_minor >= 0)
);

-- What a buyer chose while the wanted article was out of stock.
create table stock_choice (
    case_number varchar(20)              not null,
    choice      varchar(10),
    offered_at  timestamp with time zone not null,
    answered_at timestamp with time zone,
    closed_at   timestamp with time zone,
    constraint stock_choice_pk primary key (case_number),
    constraint stock_choice_of_case foreign key (case_number) references after_sale_case
);
