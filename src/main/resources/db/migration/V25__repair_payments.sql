-- A payment pays for one thing.
alter table repair add constraint repair_payment unique (merchant_id, payment_reference);
