// Package fleet is the control plane's floor: everything about shops that can be said without
// knowing what a shop sells.
//
// Its rooms, from the ground up:
//
//	audit      the journal of the control plane
//	plan       plans and their quotas; quota refuses what goes beyond
//	registry   every shop: names, state, mode, version; asked for each request
//	sites      how addresses are written
//	router     from an address to a surface, through the gate
//	account    people: sign-in, sessions, links, memberships
//	provision  prepared schemas, sign-ups, migrations of the fleet
//	domains    a shop's own domain
//	signals    warnings of fraud between shops, as keyed hashes
//	advisory   what operators tell merchants about fraud
//	wanted     banks that merchants asked for
//	screen     what the pages of the platform have in common
//	signup     the platform host: home and sign-up
//	operator   the console
//
// All of them reach their tables through pg.Pool.In(ctx, pg.Platform, …), and none imports
// tenant: where the control plane needs a shop's inside it declares a port (provision.Seeder,
// router.Visitors) that cmd/internal/wire plugs.
//
// This package itself holds only the words of the rooms' refusals.
package fleet
