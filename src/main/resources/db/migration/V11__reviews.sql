-- Product reviews: what was written, what the scan and people said of it, and the counters of the ratings.

create sequence review_number_seq;

-- One for each order line of a merchant. `stars` is null until something was written. What counts in the rating now
-- stands in counted_stars; it changes with the counters, in one transaction.
create table review (
    number        varchar(20)              not null,
    merchant_id   varchar(64)              not null,
    order_id      varchar(64)              not null,
    line_id       varchar(64)              not null,
    sku           varchar(64)              not null,
    title         varchar(500)             not null,
    buyer_id      varchar(64)              not null,
    status        varchar(20)              not null,
    outcome       varchar(40),
    stars         int,
    revision      int                      not null,
    opened_at     timestamp with time zone not null,
    written_at    timestamp with time zone,
    published_at  timestamp with time zone,
    published_on  date,
    counted_stars int,
    hide_code     varchar(40),
    hidden_by     varchar(64),
    hidden_at     timestamp with time zone,
    constraint review_pk primary key (number),
    constraint review_of_order foreign key (merchant_id, order_id) references shop_order,
    constraint review_once unique (merchant_id, order_id, line_id),
    constraint review_stars check (stars between 1 and 5),
    constraint review_counted check (counted_stars is null or published_on is not null)
);
create index review_list on review (merchant_id, number);
create index review_of_product on review (merchant_id, sku, status, published_at);
create index review_of_buyer on review (merchant_id, buyer_id);

-- Every text that was written, each revision of it. The latest revision of a part is the one that counts.
create table review_text (
    text_no       bigint generated always as identity,
    merchant_id   varchar(64)              not null,
    review_number varchar(20)              not null,
    part          varchar(10)              not null,
    revision      int                      not null,
    stars         int,
    content       varchar(500),
    status        varchar(20)              not null,
    author        varchar(64)              not null,
    written_at    timestamp with time zone not null,
    published_at  timestamp with time zone,
    hide_code     varchar(40),
    judged_by     varchar(64),
    remark        varchar(2000),
    constraint review_text_pk primary key (text_no),
    constraint review_text_of_review foreign key (review_number) references review,
    constraint review_text_revision unique (review_number, part, revision)
);

create table review_picture (
    text_no     bigint      not null,
    place       int         not null,
    evidence_id varchar(40) not null,
    constraint review_picture_pk primary key (text_no, place),
    constraint review_picture_of_text foreign key (text_no) references review_text
);

-- Which process is about what: the engine knows the number, this row the part and the reason.
create table review_run (
    process_instance_id varchar(64)              not null,
    review_number       varchar(20)              not null,
    part                varchar(10)              not null,
    step                varchar(20)              not null,
    started_at          timestamp with time zone not null,
    ended_at            timestamp with time zone,
    constraint review_run_pk primary key (process_instance_id),
    constraint review_run_of_review foreign key (review_number) references review
);
create index review_run_of on review_run (review_number);

-- Who owes the next step, by when, and what happens otherwise.
create table review_wait (
    wait_no             bigint generated always as identity,
    merchant_id         varchar(64)              not null,
    review_number       varchar(20)              not null,
    process_instance_id varchar(64)              not null,
    stage               varchar(40)              not null,
    owner               varchar(64)              not null,
    action              varchar(64)              not null,
    opened_at           timestamp with time zone not null,
    due_at              timestamp with time zone not null,
    consequence         varchar(40)              not null,
    closed_at           timestamp with time zone,
    constraint review_wait_pk primary key (wait_no),
    constraint review_wait_of_review foreign key (review_number) references review
);
create index review_wait_of on review_wait (review_number);
create index review_wait_open on review_wait (merchant_id, closed_at, due_at);

create table review_event (
    event_no      bigint generated always as identity,
    review_number varchar(20)              not null,
    happened_at   timestamp with time zone not null,
    actor         varchar(64)              not null,
    event         varchar(60)              not null,
    text          varchar(2000)            not null,
    remark        varchar(2000),
    constraint review_event_pk primary key (event_no),
    constraint review_event_of_review foreign key (review_number) references review
);
create index review_event_of on review_event (review_number, event_no);

-- Every answer of a decision table, with the inputs it was asked with.
create table review_ruling (
    ruling_no     bigint generated always as identity,
    review_number varchar(20)              not null,
    text_no       bigint,
    ruled_at      timestamp with time zone not null,
    table_name    varchar(64)              not null,
    table_version int                      not null,
    rule_id       varchar(100),
    inputs        varchar(4000)            not null,
    outputs       varchar(4000)            not null,
    constraint review_ruling_pk primary key (ruling_no),
    constraint review_ruling_of_review foreign key (review_number) references review
);
create index review_ruling_of on review_ruling (review_number, ruling_no);

-- What the scan found in a text.
create table review_finding (
    finding_no bigint generated always as identity,
    text_no    bigint       not null,
    kind       varchar(20)  not null,
    detail     varchar(200) not null,
    constraint review_finding_pk primary key (finding_no),
    constraint review_finding_of_text foreign key (text_no) references review_text
);
create index review_finding_of on review_finding (text_no);

-- The fingerprint of each text that is long enough to be like another one.
create table review_fingerprint (
    text_no       bigint      not null,
    merchant_id   varchar(64) not null,
    sku           varchar(64) not null,
    author        varchar(64) not null,
    review_number varchar(20) not null,
    simhash       bigint      not null,
    constraint review_fingerprint_pk primary key (text_no)
);
create index review_fingerprint_product on review_fingerprint (merchant_id, sku, text_no, review_number, simhash);
create index review_fingerprint_author on review_fingerprint (merchant_id, author, text_no, review_number, simhash);
create index review_text_author on review_text (merchant_id, author, written_at);

-- A reader flags a review once.
create table review_flag (
    merchant_id   varchar(64)              not null,
    review_number varchar(20)              not null,
    reader_id     varchar(64)              not null,
    reason        varchar(40)              not null,
    text          varchar(2000),
    flagged_at    timestamp with time zone not null,
    looked_at     timestamp with time zone,
    constraint review_flag_pk primary key (review_number, reader_id),
    constraint review_flag_of_review foreign key (review_number) references review
);

-- Lines of closed cases whose buyer is to be asked for a review; the row goes when that is done.
create table review_invitation (
    case_number varchar(20)              not null,
    line_id     varchar(64)              not null,
    merchant_id varchar(64)              not null,
    order_id    varchar(64)              not null,
    noted_at    timestamp with time zone not null,
    constraint review_invitation_pk primary key (case_number, line_id)
);
create index review_invitation_noted on review_invitation (noted_at);

-- The whole state of all ratings: how many reviews of one to five stars were published, by product and day.
create table rating_day (
    merchant_id varchar(64) not null,
    sku         varchar(64) not null,
    counted_on  date        not null,
    c1          bigint      not null,
    c2          bigint      not null,
    c3          bigint      not null,
    c4          bigint      not null,
    c5          bigint      not null,
    constraint rating_day_pk primary key (merchant_id, sku, counted_on),
    constraint rating_day_counts check (c1 >= 0 and c2 >= 0 and c3 >= 0 and c4 >= 0 and c5 >= 0)
);
create index rating_day_merchant on rating_day (merchant_id, counted_on);
