-- The after-sale case: what was asked for, what was decided by which rule or person, and what is waited for.

create sequence case_number_seq;

create table after_sale_case (
    number           varchar(20)              not null,
    merchant_id      varchar(64)              not null,
    kind             varchar(20)              not null,
    converted_to     varchar(20),
    order_id         varchar(64)              not null,
    buyer_id         varchar(64)              not null,
    currency         char(3)                  not null,
    status           varchar(20)              not null,
    outcome          varchar(40),
    reason           varchar(40)              not null,
    basis            varchar(20)              not null,
    description      varchar(2000),
    include_shipping boolean                  not null,
    pay_to_method    varchar(20)              not null,
    card_token       varchar(64),
    requested_minor  bigint                   not null,
    refundable_minor bigint                   not null,
    shipping_minor   bigint                   not null,
    paid_minor       bigint                   not null default 0,
    application_no   int                      not null,
    disputed_at      timestamp with time zone,
    applied_at       timestamp with time zone not null,
    closed_at        timestamp with time zone,
    constraint after_sale_case_pk primary key (number),
    constraint after_sale_case_of_order foreign key (merchant_id, order_id) references shop_order,
    constraint after_sale_case_paid check (paid_minor >= 0)
);
create index after_sale_case_order on after_sale_case (merchant_id, order_id);
create index after_sale_case_buyer on after_sale_case (merchant_id, buyer_id, applied_at);
create index after_sale_case_list on after_sale_case (merchant_id, number);
create index after_sale_case_status on after_sale_case (merchant_id, status, number);

create table case_line (
    case_number varchar(20) not null,
    line_id     varchar(64) not null,
    position    int         not null,
    quantity    int         not null,
    verdict     varchar(20),
    constraint case_line_pk primary key (case_number, line_id),
    constraint case_line_of_case foreign key (case_number) references after_sale_case
);

create table case_unit (
    case_number      varchar(20) not null,
    line_id          varchar(64) not null,
    unit_no          int         not null,
    refundable_minor bigint      not null,
    is_rest          boolean     not null,
    payable_minor    bigint,
    constraint case_unit_pk primary key (case_number, line_id, unit_no),
    constraint case_unit_of_line foreign key (case_number, line_id) references case_line
);

-- Every answer of a decision table, with the inputs it was asked with. `line_id` is null where the whole case was asked.
create table case_ruling (
    ruling_no      bigint generated always as identity,
    case_number    varchar(20)              not null,
    application_no int                      not null,
    line_id        varchar(64),
    ruled_at       timestamp with time zone not null,
    table_name     varchar(64)              not null,
    table_version  int                      not null,
    rule_id        varchar(100),
    inputs         varchar(4000)            not null,
    outputs        varchar(4000)            not null,
    constraint case_ruling_pk primary key (ruling_no),
    constraint case_ruling_of_case foreign key (case_number) references after_sale_case
);
create index case_ruling_case on case_ruling (case_number);
create index case_ruling_table on case_ruling (table_name, ruled_at);

-- What the rules said of the latest application as a whole.
create table case_verdict (
    case_number   varchar(20)   not null,
    verdict       varchar(20)   not null,
    reason_code   varchar(60)   not null,
    legal_basis   varchar(1000) not null,
    table_name    varchar(64)   not null,
    table_version int           not null,
    rule_id       varchar(100),
    constraint case_verdict_pk primary key (case_number),
    constraint case_verdict_of_case foreign key (case_number) references after_sale_case
);

-- Who decided what: people by their user id, otherwise `rules` or `deadline`.
create table audit_decision (
    decision_no    bigint generated always as identity,
    case_number    varchar(20)              not null,
    round          int                      not null,
    step           varchar(20)              not null,
    decided_by     varchar(64)              not null,
    decided_at     timestamp with time zone not null,
    decision       varchar(20)              not null,
    approved_minor bigint,
    reason_code    varchar(40),
    liability      varchar(200),
    remark         varchar(2000),
    constraint audit_decision_pk primary key (decision_no),
    constraint audit_decision_of_case foreign key (case_number) references after_sale_case
);
create index audit_decision_case on audit_decision (case_number);

-- The row without which nothing is paid: one for each case, written once. What of the approved amount is payable is
-- fixed once too: at the approval where no goods come back, after their inspection where they do.
create table approval (
    case_number            varchar(20)              not null,
    amount_minor           bigint                   not null,
    approved_at            timestamp with time zone not null,
    payable_minor          bigint,
    payable_shipping_minor bigint,
    payable_at             timestamp with time zone,
    constraint approval_pk primary key (case_number),
    constraint approval_of_case foreign key (case_number) references after_sale_case,
    constraint approval_amount check (amount_minor > 0),
    constraint approval_payable_within check (payable_minor between 0 and amount_minor)
);

-- The deadline ledger: who owes the next step, by when, what happens otherwise, and which rule says so.
create table deadline (
    deadline_no       bigint generated always as identity,
    case_number       varchar(20)              not null,
    merchant_id       varchar(64)              not null,
    subject           varchar(64),
    stage             varchar(40)              not null,
    owner             varchar(64)              not null,
    action            varchar(64)              not null,
    opened_at         timestamp with time zone not null,
    due_at            timestamp with time zone not null,
    remind_at         timestamp with time zone,
    escalate_at       timestamp with time zone,
    consequence       varchar(40)              not null,
    table_version     int                      not null,
    rule_id           varchar(100),
    extended_by       varchar(64),
    extension_reason  varchar(2000),
    closed_at         timestamp with time zone,
    remaining_seconds bigint,
    constraint deadline_pk primary key (deadline_no),
    constraint deadline_of_case foreign key (case_number) references after_sale_case
);
create index deadline_case on deadline (case_number);
create index deadline_open on deadline (merchant_id, closed_at, due_at);

create table timeline_entry (
    entry_no    bigint generated always as identity,
    case_number varchar(20)              not null,
    happened_at timestamp with time zone not null,
    actor       varchar(64)              not null,
    event       varchar(60)              not null,
    text        varchar(2000)            not null,
    remark      varchar(2000),
    constraint timeline_entry_pk primary key (entry_no),
    constraint timeline_entry_of_case foreign key (case_number) references after_sale_case
);
create index timeline_entry_case on timeline_entry (case_number, entry_no);

-- Applications that were asked for once and are answered the same for 30 days.
create table idempotency_key (
    merchant_id varchar(64)              not null,
    idem_key    varchar(200)             not null,
    body_hash   char(64)                 not null,
    holder      varchar(36)              not null,
    lease_until timestamp with time zone not null,
    created_at  timestamp with time zone not null,
    case_number varchar(20),
    answer      text,
    constraint idempotency_key_pk primary key (merchant_id, idem_key)
);
