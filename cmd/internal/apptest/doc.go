// Package apptest boots the whole program for tests that walk from one side of the house to the
// other: the same composition root, a real listener, jobs running, every outside service on this
// machine and in one folder.
//
// # Two ways to run it
//
// Open joins the program inside the test binary (Machine). Every service of the outside stands behind
// a Cable or a Shelf that a test can take away and give back, because an outage is what most of these
// tests are about. A test binary opens one machine and shares it; shops are cheap, so each test has its
// own.
//
// Run starts the program as a process of its own (Program): the test binary executed again, so that
// what is killed is the code under test and no build comes before it. The commands' tests and those
// that kill -9 use it.
//
// Both are reached through the network by a Visitor, a browser without a screen, or by
// browsertest; a visitor has an address of its own on the loopback network, so that limits per client
// count as they do outside.
//
// # Invariants
//
// Nothing waits for time to pass: Eventually asks until the answer is there, and fails with what it
// waited for. Ports are free ones. Everything lies in a temporary folder and ends with the test
// binary, however it ends.
//
// It knows no page: what a shopper or a merchant does stands in the tests.
package apptest
