-- Goods in motion: the permission to send back, what was counted and judged, and what the stock system and the carrier
-- were asked to do with it. Amounts are in minor units.

-- The case whose goods came back with this unit: such a unit is used up, whatever was paid for it.
alter table order_unit add column used_up_by varchar(20);

create table return_authorization (
    case_number     varchar(20)              not null,
    merchant_id     varchar(64)              not null,
    number          varchar(24)              not null,
    address         varchar(500)             not null,
    authorized_at   timestamp with time zone not null,
    carrier         varchar(40),
    tracking_number varchar(64),
    shipped_at      timestamp with time zone,
    received_at     timestamp with time zone,
    ended_at        timestamp with time zone,
    offered_minor   bigint,
    offer_answer    varchar(20),
    constraint return_authorization_pk primary key (case_number),
    constraint return_authorization_number unique (number),
    constraint return_authorization_parcel unique (carrier, tracking_number)
);

-- What was counted and judged of each line. `condition_found` and what follows are null where nothing was received.
create table goods_line (
    case_number          varchar(20) not null,
    line_id              varchar(64) not null,
    authorized           int         not null,
    received             int         not null,
    accepted             int         not null,
    condition_found      varchar(20),
    seal_broken          boolean     not null,
    activated            boolean     not null,
    serial_altered       boolean     not null,
    tag_removed          boolean     not null,
    soiled               boolean     not null,
    intactness           varchar(20),
    deduction_per_mille  bigint      not null,
    disposition          varchar(20),
    inspected_by         varchar(64) not null,
    constraint goods_line_pk primary key (case_number, line_id),
    constraint goods_line_counts check (received >= 0 and accepted between 0 and authorized),
    constraint goods_line_deduction check (deduction_per_mille between 0 and 1000)
);

-- One row for each thing that the stock system or the carrier is asked to do; its id is the key at which they know it.
create table goods_movement (
    id           varchar(64)              not null,
    case_number  varchar(20)              not null,
    merchant_id  varchar(64)              not null,
    line_id      varchar(64)              not null,
    sku          varchar(64)              not null,
    disposition  varchar(20)              not null,
    quantity     int                      not null,
    state        varchar(10)              not null,
    reference    varchar(100),
    attempts     int                      not null default 0,
    asked_at     timestamp with time zone not null,
    done_at      timestamp with time zone,
    constraint goods_movement_pk primary key (id),
    constraint goods_movement_once unique (case_number, line_id, disposition),
    constraint goods_movement_quantity check (quantity > 0),
    constraint goods_movement_state check (state in ('OPEN', 'DONE'))
);
create index goods_movement_case on goods_movement (case_number);
