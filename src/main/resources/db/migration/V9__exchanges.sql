-- Exchanges: what a case wants besides money. Amounts are in minor units.

-- The article that is wanted instead, what one piece of it costs by the shop's word (null: what was paid for the unit that
-- comes back), and where it goes (a JSON object of texts).
create table case_wish (
    case_number varchar(20) not null,
    sku         varchar(64),
    price_minor bigint,
    address     varchar(8000),
    constraint case_wish_pk primary key (case_number),
    constraint case_wish_of_case foreign key (case_number) references after_sale_case,
    constraint case_wish_price check (price_minor >= 0)
);
