// Package wire is the one place where the rooms of the house are joined.
//
// Every constructor is called once, in reading order: what the program has from outside (Outside:
// a database, Redis, a bucket, a way to send mail, keys), the drivers, the fleet, the shop's use
// cases, the surfaces, the router in front of them. "demo" and "serve" differ only in where their
// Outside comes from; the tests boot the very same App.
//
// The lists that decide something live here, where they can be read: the order of price rules and
// the reactions to a paid order are one slice each.
package wire
