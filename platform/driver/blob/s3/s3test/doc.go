// Package s3test starts a real S3 server for tests.
//
// The server is Versity's S3 gateway over a temporary folder. It is a program, not
// a library: the product does not link it and go.mod does not name it. The first
// test on a machine builds it from its exact version into the user's cache folder
// (a few minutes); later ones find it there. A versitygw on PATH is taken first.
//
// A test that cannot have the server fails and says what is missing.
package s3test
