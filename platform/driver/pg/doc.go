// Package pg is the only holder of database connections.
//
// A Pool has no query method. Its one door is In, which opens a transaction whose search path
// (and, on plain Postgres, role) are set locally to one schema, so that
//
//   - a query that names no shop cannot be written: there is nothing to call it on;
//   - nothing of one unit of work is left on the connection for the next, with or without
//     PgBouncer in transaction mode, because nothing is set for the session;
//   - a stray query fails ("relation … does not exist"), as the pool's own path is empty;
//   - a qualified name of another shop's table is refused by the role ("permission denied").
//
// The login role of the program owns nothing and inherits nothing; it may only become a shop's
// role, the control plane's, or be nobody. That guards against mistakes. It does not guard
// against injected SQL, which could reset the role, so SQL text is never built from input.
//
// BEGIN, path and role travel in one round trip. One request is one transaction (reads too: they
// get one snapshot), so the cost is paid once a request and not once a query.
//
// Shops are hashed to a few groups of connections and a connection that has touched many schemas
// is retired, because a Postgres backend keeps the catalogue of every schema it has seen: about
// 1 MB each for sixty tables, for ever.
//
// gorm runs with explicit column lists (a half-migrated fleet fails on SELECT * with "cached plan
// must not change result type"), without default transactions, nested transactions, hooks,
// associations or AutoMigrate. Save is not to be used: it overwrites whole rows.
//
// On Citus set Config.Roles to false: a local role makes the coordinator open worker connections
// as that role. The path alone routes there.
//
// The package does not know what a shop is; registry mints Schema values from its rows, tenant
// turns them into units of work.
package pg
