-- Run once by the Postgres image on an empty volume: the two roles of the program.
-- echoppe_owner builds schemas; echoppe_app serves requests and owns nothing (platform/driver/pg).
create role echoppe_owner login createrole password 'owner-for-compose-only';
create role echoppe_app login noinherit password 'app-for-compose-only';
alter role echoppe_app set search_path = '';
create database echoppe owner echoppe_owner;
revoke all on database echoppe from public;
grant connect on database echoppe to echoppe_app;
