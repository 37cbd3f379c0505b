-- Bank cards that money goes back to. Number, holder and bank stand here sealed and nowhere else; the last four digits
-- are what people may see.

create table card (
    token       varchar(40)              not null,
    merchant_id varchar(64)              not null,
    sealed      varchar(2000)            not null,
    last_four   char(4)                  not null,
    stored_at   timestamp with time zone not null,
    constraint card_pk primary key (token)
);
