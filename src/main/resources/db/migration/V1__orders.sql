-- The shop's facts of an order, and the ledger of what was claimed and given back. Amounts are in minor units.

create table shop_order (
    merchant_id          varchar(64)              not null,
    order_id             varchar(64)              not null,
    buyer_id             varchar(64)              not null,
    currency             char(3)                  not null,
    placed_at            timestamp with time zone not null,
    paid_at              timestamp with time zone,
    shipped_at           timestamp with time zone,
    delivered_at         timestamp with time zone,
    installed_at         timestamp with time zone,
    shipping_paid_minor  bigint                   not null,
    shipping_taken_minor bigint                   not null default 0,
    constraint shop_order_pk primary key (merchant_id, order_id),
    constraint shop_order_shipping_within_paid check (shipping_taken_minor between 0 and shipping_paid_minor)
);
create index shop_order_buyer on shop_order (merchant_id, buyer_id);

create table order_line (
    merchant_id        varchar(64)  not null,
    order_id           varchar(64)  not null,
    line_id            varchar(64)  not null,
    position           int          not null,
    sku                varchar(64)  not null,
    title              varchar(500) not null,
    category           varchar(100) not null,
    goods_class        varchar(20)  not null,
    no_reason_excluded boolean      not null,
    quantity           int          not null,
    paid_minor         bigint       not null,
    taken_minor        bigint       not null default 0,
    warranty_months    int          not null,
    constraint order_line_pk primary key (merchant_id, order_id, line_id),
    constraint order_line_of_order foreign key (merchant_id, order_id) references shop_order,
    constraint order_line_within_paid check (taken_minor between 0 and paid_minor)
);

create table tender (
    merchant_id  varchar(64) not null,
    order_id     varchar(64) not null,
    tender_id    varchar(64) not null,
    position     int         not null,
    method       varchar(20) not null,
    amount_minor bigint      not null,
    taken_minor  bigint      not null default 0,
    constraint tender_pk primary key (merchant_id, order_id, tender_id),
    constraint tender_of_order foreign key (merchant_id, order_id) references shop_order,
    constraint tender_within_paid check (taken_minor between 0 and amount_minor)
);

-- One row for each unit that an application ever named. One column names the case: a unit is under one case or none.
create table order_unit (
    merchant_id varchar(64) not null,
    order_id    varchar(64) not null,
    line_id     varchar(64) not null,
    unit_no     int         not null,
    share_minor bigint      not null,
    taken_minor bigint      not null default 0,
    claimed_by  varchar(20),
    constraint order_unit_pk primary key (merchant_id, order_id, line_id, unit_no),
    constraint order_unit_of_line foreign key (merchant_id, order_id, line_id) references order_line,
    constraint order_unit_within_share check (taken_minor between 0 and share_minor)
);
create index order_unit_claimed_by on order_unit (claimed_by);

-- What each payout takes out of which unit (or the shipping) and which tender.
create table ledger_entry (
    payout_id    varchar(64)              not null,
    entry_no     int                      not null,
    merchant_id  varchar(64)              not null,
    order_id     varchar(64)              not null,
    case_number  varchar(20)              not null,
    tender_id    varchar(64)              not null,
    line_id      varchar(64),
    unit_no      int,
    amount_minor bigint                   not null,
    state        varchar(10)              not null,
    reserved_at  timestamp with time zone not null,
    settled_at   timestamp with time zone,
    released_at  timestamp with time zone,
    constraint ledger_entry_pk primary key (payout_id, entry_no),
    constraint ledger_entry_of_tender foreign key (merchant_id, order_id, tender_id) references tender,
    constraint ledger_entry_amount check (amount_minor > 0),
    constraint ledger_entry_state check (state in ('RESERVED', 'SETTLED', 'RELEASED'))
);
create index ledger_entry_order on ledger_entry (merchant_id, order_id);
create index ledger_entry_case on ledger_entry (case_number);
