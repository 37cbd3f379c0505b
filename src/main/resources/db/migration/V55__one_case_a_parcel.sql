-- A tracking number is one parcel's and one case's, however the name of its carrier is written.
alter table return_authorization drop constraint return_authorization_parcel;
alter table return_authorization add constraint return_authorization_parcel unique (tracking_number);
