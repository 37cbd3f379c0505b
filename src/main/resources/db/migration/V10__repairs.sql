-- Repairs: from the fault to the way back. Amounts are in minor units of the order's currency.

-- What is to be mended, in the buyer's words.
alter table case_wish add column fault varchar(2000);

-- One row for each case that a technician looked at. What has not happened is null.
create table repair (
    case_number       varchar(20)              not null,
    merchant_id       varchar(64)              not null,
    order_id          varchar(64)              not null,
    line_id           varchar(64)              not null,
    received_at       timestamp with time zone not null,
    diagnosed_at      timestamp with time zone,
    diagnosed_by      varchar(64),
    cause             varchar(2000),
    misuse            boolean,
    repairable        boolean,
    cost_minor        bigint,
    days              int,
    in_stock          boolean,
    terms             varchar(10),
    remedies          varchar(40),
    quoted_minor      bigint,
    quote_answer      varchar(10),
    quote_answered_at timestamp with time zone,
    payment_reference varchar(100),
    paid_minor        bigint,
    paid_at           timestamp with time zone,
    started_at        timestamp with time zone,
    due_at            timestamp with time zone,
    overdue_at        timestamp with time zone,
    finished_at       timestamp with time zone,
    finished_by       varchar(64),
    result            varchar(20),
    parts             varchar(16000),
    put_away_at       timestamp with time zone,
    sent_at           timestamp with time zone,
    delivered_at      timestamp with time zone,
    constraint repair_pk primary key (case_number),
    constraint repair_of_case foreign key (case_number) references after_sale_case,
    constraint repair_cost check (cost_minor >= 0),
    constraint repair_days check (days >= 0),
    constraint repair_quote check (quoted_minor > 0),
    constraint repair_paid_once check (paid_minor = quoted_minor),
    constraint repair_terms check (terms in ('REPAIR', 'QUOTE', 'EXCHANGE', 'RETURN', 'REFUSE', 'MANUAL')),
    constraint repair_quote_answer check (quote_answer in ('ACCEPTED', 'DECLINED', 'LAPSED')),
    constraint repair_result check (result in ('REPAIRED', 'NOT_REPAIRABLE'))
);

-- The units that a repair was about, so that their warranty and their failed repairs can be told.
create table repair_unit (
    case_number varchar(20) not null,
    merchant_id varchar(64) not null,
    order_id    varchar(64) not null,
    line_id     varchar(64) not null,
    unit_no     int         not null,
    constraint repair_unit_pk primary key (case_number, line_id, unit_no),
    constraint repair_unit_of_repair foreign key (case_number) references repair
);
create index repair_unit_of_order on repair_unit (merchant_id, order_id, line_id, unit_no);
