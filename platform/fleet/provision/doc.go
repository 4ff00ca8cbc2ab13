// Package provision makes shops: it keeps a few empty schemas ready, gives one to each sign-up,
// and brings the schemas of the whole fleet to the newest version.
//
// # Making
//
// Building a schema takes 0.2 to 0.4 s of catalogue work, so it is done ahead. A sign-up claims a
// prepared row with FOR UPDATE SKIP LOCKED: two sign-ups never wait for each other nor get the
// same one. When none is left, one is built while the person waits. The row in the registry is
// written before its schema, at version 0, so that a process killed in between leaves a row to be
// finished and never a schema that nobody knows.
//
// The wishes of a new shop (its language, for one) stay on its row until the Seeder has written
// its default settings. A process killed between the two leaves a row that the next Tend mends.
//
// # Migrating
//
// Which schemas are behind is one indexed read of the registry, so a deploy that changes nothing
// costs that read. A schema is upgraded file by file (pgmigrate); its version is written to the
// registry right after. Killed in between, the next run finds the schema up to date and only
// writes the version. A failure is recorded on the shop and does not stop the others, until so
// many have failed that the migration itself must be wrong. Serving goes on throughout: the
// program understands the version before.
//
// Work on schemas runs as their owner over its own address. The program's role can neither create
// nor alter, and the web processes need not have the owner's password: they then cannot build in
// line (Config.OwnerURL empty) and answer ErrNoneReady.
//
// The package does not know what a shop's settings are (Seeder) nor who signs up (Order.Alongside).
// Next: a canary ring and a pause between waves; dropping closed shops in batches.
package provision
