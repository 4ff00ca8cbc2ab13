// Package router leads a request to a surface: host and path → shop → is it open to this visitor →
// handler.
//
// It is the step between the front of the web stack and the surfaces behind it (see
// platform/driver/web), and works in three pure parts, each with a table of tests:
//
//   - Atlas.Locate reads host and path, without knowing which shops exist;
//   - Resolve decides between serving, the canonical address (308) and "nobody lives here";
//   - Judge decides whether a visitor may come in, from the shop's state and mode.
//
// Invariants:
//
//   - A host or path that leads nowhere is answered neutrally, 421 or 404, and never by another
//     shop. Look-alikes, encoded slashes, dot segments and names in capitals lead nowhere or to
//     the one canonical address.
//   - Only GET and HEAD are redirected: what is posted to an old address is served there.
//   - A bank's notice passes every mode and is never redirected. A schema older than this program
//     understands is the one exception: 503, and banks repeat.
//   - A shop in production costs one look-up in memory.
//
// The package does not know what is inside a shop: who has entered it is asked through Visitors,
// which paths are notices and downloads is configured.
//
// Its own pages (closed, suspended, updating, nobody here) are whole in themselves: one style
// element allowed by its hash, no script, no file, so that they can be shown when nothing else
// works and be kept by an edge cache, which a nonce would forbid.
package router
