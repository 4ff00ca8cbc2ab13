// Package officetest opens a small office with a few desks on a fresh shop of real Postgres, for
// tests of desks.
//
// The entrance is left out: whoever asks is a member of staff with the role of the test, and
// permissions are answered by the real policy. Everything behind a route is real, the bucket of
// pictures being a folder of the test.
package officetest
