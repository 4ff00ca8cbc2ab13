// Package doctor explains a broken set-up in words: what is wrong and what to do.
//
// A Check looks at one thing and answers a Finding. Checks change nothing that is
// still there afterwards, wait for nothing longer than a few seconds, and do not
// depend on each other, so each can also be asked alone: "echoppe demo" explains a
// taken port with the very Finding that "echoppe doctor" prints.
//
// Findings are in English, like everything said to operators before a shop exists,
// and their names and JSON fields are stable: scripts read them.
//
// The package knows the machine and the local database's folder. What lies across a
// network (database, Redis, object store, mail) comes in as small functions from
// whoever holds the connections; see Reach and Database. It never prints an address
// with a password in it, because it is never given one.
package doctor
