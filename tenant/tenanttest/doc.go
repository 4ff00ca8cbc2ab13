// Package tenanttest opens fresh shops on real Postgres for tests.
package tenanttest
