// Package jobs does outside work later, exactly when the transaction that asked
// for it is committed: mails, webhooks, exports, captures.
//
// A job is a row in schema "river", written by Enqueue in the caller's unit of
// work and worked by a Runner (riverqueue/river) in a worker process. A job for a
// rolled-back order never existed; a job for a committed one is tried until it is
// done, refused for good or out of attempts, and stays visible at the Desk.
//
// # Invariants
//
//   - Enqueue is one round trip and part of the caller's transaction.
//   - A shop's role can add jobs and nothing else: it cannot read, change or
//     count the jobs of any shop, its own included. Each job carries the origin
//     that the database, not the caller, vouches for.
//   - A worker says every few seconds that it lives. When it falls silent, killed or cut off, its jobs
//     go to others within half a minute, whatever their timeout is.
//   - A handler may run twice (a worker killed between the work and its record),
//     so it must be harmless to repeat.
//   - What kind of job may run how long and how often is said once, by the Policy
//     of its arguments.
//   - Whether an error is tried again is decided by its fault kind; see Final.
//
// # Decision: how a shop role inserts
//
// Three ways were weighed. Granting INSERT on river_job to every shop role lets a
// role forge any column, and ON CONFLICT and sequences want further grants.
// Resetting the role around river's own insert takes two more round trips, and a
// failure in between leaves a transaction with the wrong role. Chosen: the
// SECURITY DEFINER function river.enqueue, owned by the owner of the queue, with
// a fixed search path. Everybody may execute it; nobody else is granted anything
// by name, so a shop made later needs no grant. It stamps the current role.
//
// # Decision: polling, not LISTEN/NOTIFY
//
// NOTIFY takes a lock on the whole database during commit, which would queue all
// orders of the fleet behind each other, and LISTEN does not pass PgBouncer in
// transaction mode. Workers poll instead (Config.Poll); the query is an index
// lookup that finds nothing most of the time.
//
// # What it does not know
//
// It knows no shop beyond the name of the origin's schema. The arguments name the
// shop; the handler opens it.
//
// # For whoever continues here
//
// A Unique job that is waiting or running swallows a second one; a handler that
// must see the newest state reads it late, or the key carries a version. On Citus
// schema "river" must stay a local schema: Migrate switches schema-based sharding
// off for its own statements.
package jobs
