// Package registry knows every shop: its name in addresses, its state, mode, plan, the schema it
// lives in and the version that schema has.
//
// It is asked for each request, so a process keeps the rows it has seen. A row is believed for a
// short lease; a change is announced to the other processes through a Feed, and the process that
// made it forgets its copy before it answers. A page that is served from memory therefore touches
// neither Postgres nor Redis. When Postgres is away, rows that were known go on being served for
// some minutes: nothing could have changed them meanwhile.
//
// Invariants:
//
//   - A slug leads to one shop, for ever: a name given up becomes an alias of the shop that had it
//     and is given to nobody else.
//   - A host leads to a shop only while its ownership is proved.
//   - Every change writes its journal row in the same transaction and raises rev; a change made on
//     an older rev is refused with ErrChanged.
//   - A shop in state Prepared has no slug and is found by nobody but provision.
//
// The package does not know what is sold, who works in a shop, or what an address looks like; the
// last is sites. It mints pg.Schema values from its own rows and nowhere else.
package registry
