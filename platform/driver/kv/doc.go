// Package kv is Redis: a cache, a counter and a way to tell other processes
// something. It is never the truth.
//
//   - Client.For(shop) is a key space of one shop.
//   - Limiter counts events per key across all processes, and in this process
//     alone while Redis is away.
//   - Tally counts events of the last while, across all processes, and in this
//     process alone while Redis is away.
//   - Once remembers what came of deeds that are to be done a single time, across all
//     processes, and in this process alone while Redis is away.
//   - Publish and Subscribe carry announcements, such as a shop's new version.
//   - StartLocal runs a Redis inside the process, for the demo.
//
// # Invariants
//
//   - Redis gone makes the program slightly slower and nothing else: a call waits
//     200 ms at most, and after a few failures calls fail at once (breaker) but
//     for one per second that looks whether Redis is back. Every caller has an
//     answer for ErrUnavailable.
//   - An outage is logged once when it begins and once when it ends.
//   - A Scope cannot name a key of another.
//   - Announcements may be lost while the connection is; Subscription.Healthy and
//     the resumed callback say so, and the listener then asks the truth.
//
// # What it does not know
//
// It knows no shop beyond the text it is given, no session format and no
// versions. A production Redis needs no persistence, but an eviction policy
// (allkeys-lru) and a memory limit.
package kv
