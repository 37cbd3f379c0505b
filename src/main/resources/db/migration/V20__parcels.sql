-- Where parcels are, as carrier and warehouse tell, and those that nobody knows.

create sequence parcel_number_seq;

-- The furthest that was heard of a parcel; `state_rank` orders the states, so that a late event changes nothing.
create table parcel_sighting (
    tracking_number varchar(64)              not null,
    state           varchar(20)              not null,
    state_rank      int                      not null,
    seen_at         timestamp with time zone not null,
    constraint parcel_sighting_pk primary key (tracking_number)
);

-- A parcel that nobody knew when it was told of. `open_key` is what it is known by as long as nobody has decided.
create table stray_parcel (
    number          varchar(20)              not null,
    parcel_key      varchar(64)              not null,
    open_key        varchar(64),
    tracking_number varchar(64),
    carrier         varchar(40),
    authorization_number varchar(24),
    state           varchar(10)              not null,
    case_number     varchar(20),
    decided_by      varchar(64),
    remark          varchar(2000),
    opened_at       timestamp with time zone not null,
    decided_at      timestamp with time zone,
    constraint stray_parcel_pk primary key (number),
    constraint stray_parcel_open unique (open_key),
    constraint stray_parcel_state check (state in ('OPEN', 'ASSIGNED', 'ASIDE'))
);
create index stray_parcel_key on stray_parcel (parcel_key);

create table stray_event (
    parcel_number varchar(20)              not null,
    event_id      varchar(100)             not null,
    type          varchar(20)              not null,
    happened_at   timestamp with time zone not null,
    evidence      varchar(500)             not null,
    constraint stray_event_pk primary key (parcel_number, event_id),
    constraint stray_event_of_parcel foreign key (parcel_number) references stray_parcel
);
