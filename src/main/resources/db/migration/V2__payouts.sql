-- Payouts: what goes back to which tender, every try to send it, and what the provider told us unasked.
-- Amounts are in minor units.

create table payout (
    id                varchar(64)              not null,
    case_number       varchar(20)              not null,
    merchant_id       varchar(64)              not null,
    order_id          varchar(64)              not null,
    portion_no        int                      not null,
    tender_id         varchar(64)              not null,
    tender_method     varchar(20)              not null,
    method            varchar(20)              not null,
    card_token        varchar(64),
    amount_minor      bigint                   not null,
    currency          char(3)                  not null,
    status            varchar(10)              not null,
    decline_reason    varchar(100),
    contradiction     varchar(500),
    provider_ref      varchar(100),
    outside_reference varchar(200),
    finance_decision  varchar(20),
    finance_by        varchar(64),
    stopped_at        timestamp with time zone,
    -- How often the outcome was waited for since a person last decided.
    checks            int                      not null default 0,
    -- Grows with every hold; a result is written only under the fence it was obtained with.
    fence             bigint                   not null default 0,
    -- The end of the hold, on the database's clock.
    leased_until      timestamp with time zone,
    wait_stage        varchar(40),
    wait_until        timestamp with time zone,
    reserved_at       timestamp with time zone not null,
    sending_at        timestamp with time zone,
    pending_at        timestamp with time zone,
    unknown_at        timestamp with time zone,
    settled_at        timestamp with time zone,
    failed_at         timestamp with time zone,
    cancelled_at      timestamp with time zone,
    constraint payout_pk primary key (id),
    constraint payout_once_a_tender unique (case_number, tender_id),
    constraint payout_amount check (amount_minor > 0),
    constraint payout_status check
        (status in ('RESERVED', 'SENDING', 'PENDING', 'UNKNOWN', 'SETTLED', 'FAILED', 'CANCELLED')),
    constraint payout_method check
        (method = 'ORIGINAL' and card_token is null or method = 'BANK_CARD' and card_token is not null)
);

-- One row for each send, committed before the socket opens. Without an outcome nobody knows what became of it.
create table payout_attempt (
    payout_id  varchar(64)              not null,
    attempt_no int                      not null,
    started_at timestamp with time zone not null,
    ended_at   timestamp with time zone,
    outcome    varchar(20),
    detail     varchar(500),
    constraint payout_attempt_pk primary key (payout_id, attempt_no),
    constraint payout_attempt_of_payout foreign key (payout_id) references payout
);

-- What the provider told us unasked: kept before it is answered, applied afterwards, never deleted.
create table payment_event (
    sender       varchar(40)              not null,
    event_id     varchar(100)             not null,
    payout_id    varchar(64),
    said_status  varchar(40),
    said_amount  bigint,
    said_currency varchar(10),
    provider_ref  varchar(100),
    body         varchar(16384)           not null,
    received_at  timestamp with time zone not null,
    state        varchar(20)              not null,
    note         varchar(500),
    tries        int                      not null default 0,
    due_at       timestamp with time zone not null,
    applied_at   timestamp with time zone,
    constraint payment_event_pk primary key (sender, event_id),
    constraint payment_event_state check (state in ('RECEIVED', 'APPLIED', 'UNKNOWN_PAYOUT', 'UNREADABLE'))
);
create index payment_event_due on payment_event (state, due_at);
create index payment_event_payout on payment_event (payout_id);
