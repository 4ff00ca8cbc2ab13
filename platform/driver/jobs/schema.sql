-- What the queue needs beside river's own tables. Run by Migrate at every start.

-- enqueue adds jobs for whoever calls it, and is all that a shop's role can do
-- here. "given" is the caller's word for where the jobs come from; a shop's role
-- is known to the database and cannot claim another.
-- The bit string lists the states in which a unique job blocks another: waiting
-- (available, pending, retryable, scheduled) and running, in the order of
-- river_job_state_in_bitmask.
create or replace function river.enqueue(jobs jsonb, given text) returns integer
language sql security definer set search_path = pg_catalog, pg_temp
as $$
	with origin as (
		select case when current_setting('role') like 'shop\_%' then current_setting('role') else given end as name
	), added as (
		insert into river.river_job (kind, args, queue, max_attempts, metadata, scheduled_at, state, unique_key, unique_states)
		select j.kind, j.args, j.queue, j.attempts,
			jsonb_build_object('origin', o.name),
			coalesce(j.at, now()),
			case when j.at > now() then 'scheduled' else 'available' end::river.river_job_state,
			case when j.unique_key is not null then sha256(convert_to(o.name || ' ' || j.kind || ' ' || j.unique_key, 'UTF8')) end,
			case when j.unique_key is not null then b'11110001' end
		from jsonb_to_recordset(jobs)
			as j(kind text, args jsonb, queue text, attempts smallint, at timestamptz, unique_key text)
		cross join origin o
		on conflict (unique_key)
			where unique_key is not null and unique_states is not null
				and river.river_job_state_in_bitmask(unique_states, state)
			do nothing
		returning 1
	)
	select count(*)::integer from added
$$;

-- Signs of life of workers, of no use after a crash of the database.
create unlogged table if not exists river.beats (worker text primary key, at timestamptz not null);

revoke all on all tables in schema river from public;
grant usage on schema river to public;
grant execute on function river.enqueue(jsonb, text) to public;
