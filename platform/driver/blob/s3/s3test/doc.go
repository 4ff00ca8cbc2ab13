// Package s3test starts a real S3 server for tests.
//
// The server is Versity's S3 gateway over a temporary folder. It is a program, not
// a library: the product does not link it and go.mod does not name it. Its module is
// the folder store, with the sums of everything it is made of; the first test on a
// machine builds it into the user's cache folder, later ones find it there.
//
// store has no more of the gateway than a folder with buckets, and the product's own
// versions of the libraries that both use. The gateway's whole command takes three
// times the processor time, most of it for other stores and for tests of its own.
//
// A test that cannot have the server fails and says what is missing.
package s3test
