-- Extensions live in "ext", which every unit of work has on its path behind its own schema.
-- All three are trusted: the database's owner may create them.

create extension if not exists pg_trgm schema ext;
create extension if not exists unaccent schema ext;

-- unaccent() is only stable, because its dictionary could be altered; an index needs a promise
-- that it is not.
create or replace function ext.fold(text) returns text
	language sql immutable parallel safe strict
	as $$ select lower(ext.unaccent('ext.unaccent'::regdictionary, $1)) $$;
