// Package pgtest gives tests a real PostgreSQL.
//
// Every test binary (one process per package under "go test ./...") gets a server
// of its own, made by copying a template cluster and started on first use; all
// tests of the process share it. The template, with roles and database in place,
// is made once per user of the machine and kept between runs, so a binary pays
// about a quarter of a second, not an initdb.
//
// Why not one server for all binaries: roles belong to a whole server, and the
// product makes one role per shop. Two packages testing a shop of the same name
// would meet in pg_roles. A server per process also ends with its process (parent
// death signal), so there is no daemon to find, to share or to time out, and a test
// may be as rough with its server as it likes.
//
// Everything lives in <temporary folder>/echoppe-pgtest-<user>-<version>. A folder
// whose process has ended, however it ended, is removed by the next start.
//
// Outage tests use Private, a second server that can be stopped and started.
// PgBouncer puts the real pooler, in transaction mode, before any server.
//
// The package knows nothing of schemas and shops except in shop.go.
package pgtest
