-- Beside a case its reviewer sees the newest cases of the same shop for the same reason.
create index after_sale_case_reason on after_sale_case (merchant_id, reason, number);
