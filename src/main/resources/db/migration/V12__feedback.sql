-- What buyers say about the shop, who answered it, and how satisfied they were.

create sequence feedback_number_seq;

create table feedback (
    number          varchar(20)              not null,
    merchant_id     varchar(64)              not null,
    buyer_id        varchar(64)              not null,
    order_id        varchar(64),
    case_number     varchar(20),
    topic           varchar(20)              not null,
    content         varchar(2000)            not null,
    urgent_word     varchar(40),
    status          varchar(20)              not null,
    outcome         varchar(40),
    candidate_group varchar(40),
    given_at        timestamp with time zone not null,
    answered_at     timestamp with time zone,
    satisfaction    int,
    rated_at        timestamp with time zone,
    closed_at       timestamp with time zone,
    constraint feedback_pk primary key (number),
    constraint feedback_of_order foreign key (merchant_id, order_id) references shop_order,
    constraint feedback_of_case foreign key (case_number) references after_sale_case,
    constraint feedback_satisfaction check (satisfaction between 1 and 5)
);
create index feedback_buyer on feedback (merchant_id, buyer_id, number);
create index feedback_order on feedback (merchant_id, order_id);
create index feedback_case on feedback (case_number);

-- Every answer of a person: to the feedback or to the buyer's dissatisfaction, or on to another group.
create table feedback_reply (
    reply_no   bigint generated always as identity,
    number     varchar(20)              not null,
    step       varchar(20)              not null,
    decision   varchar(20)              not null,
    by_user    varchar(64)              not null,
    given_at   timestamp with time zone not null,
    from_group varchar(40),
    to_group   varchar(40),
    text       varchar(2000),
    constraint feedback_reply_pk primary key (reply_no),
    constraint feedback_reply_of_feedback foreign key (number) references feedback
);
create index feedback_reply_number on feedback_reply (number, reply_no);

-- Who owes the next step of a feedback, by when, what happens otherwise, and which rule of `deadlines` says so.
create table feedback_wait (
    wait_no       bigint generated always as identity,
    number        varchar(20)              not null,
    stage         varchar(40)              not null,
    owner         varchar(64)              not null,
    action        varchar(64)              not null,
    opened_at     timestamp with time zone not null,
    due_at        timestamp with time zone not null,
    consequence   varchar(40)              not null,
    table_version int                      not null,
    rule_id       varchar(100),
    closed_at     timestamp with time zone,
    constraint feedback_wait_pk primary key (wait_no),
    constraint feedback_wait_of_feedback foreign key (number) references feedback
);
create index feedback_wait_number on feedback_wait (number);

-- What the table feedback-triage said, with what it was asked.
create table feedback_ruling (
    ruling_no     bigint generated always as identity,
    number        varchar(20)              not null,
    ruled_at      timestamp with time zone not null,
    table_name    varchar(64)              not null,
    table_version int                      not null,
    rule_id       varchar(100),
    inputs        varchar(4000)            not null,
    outputs       varchar(4000)            not null,
    constraint feedback_ruling_pk primary key (ruling_no),
    constraint feedback_ruling_of_feedback foreign key (number) references feedback
);
create index feedback_ruling_number on feedback_ruling (number);

-- Who did what when. Entries are only ever added; `remark` is internal.
create table feedback_entry (
    entry_no    bigint generated always as identity,
    number      varchar(20)              not null,
    happened_at timestamp with time zone not null,
    actor       varchar(64)              not null,
    event       varchar(60)              not null,
    text        varchar(2000)            not null,
    remark      varchar(2000),
    constraint feedback_entry_pk primary key (entry_no),
    constraint feedback_entry_of_feedback foreign key (number) references feedback
);
create index feedback_entry_number on feedback_entry (number, entry_no);

-- What a buyer is invited to say, once for each closed case and each low review.
create table invitation (
    subject         varchar(20)              not null,
    reason          varchar(20)              not null,
    merchant_id     varchar(64)              not null,
    buyer_id        varchar(64)              not null,
    order_id        varchar(64)              not null,
    offered_at      timestamp with time zone not null,
    satisfaction    int,
    answered_at     timestamp with time zone,
    feedback_number varchar(20),
    constraint invitation_pk primary key (subject),
    constraint invitation_reason check (reason in ('CASE_CLOSED', 'LOW_REVIEW')),
    constraint invitation_satisfaction check (satisfaction between 1 and 5)
);
create index invitation_buyer on invitation (merchant_id, buyer_id, offered_at);
