// Package pgmigrate builds and upgrades schemas from numbered SQL files.
//
// A Series is read once from an embedded folder: 0001_name.sql, 0002_name.sql … without gaps.
// Apply brings one schema from its recorded version to the newest, each file in a transaction of
// its own together with the new version, so that a killed process leaves a schema at a whole
// version and the next run goes on from there. A brand-new schema runs all files in one
// transaction: it exists whole or not at all.
//
// Why not a migration library: they keep a table of applied files in each schema (three more
// relations times thousands of shops) and cost some 20 ms a schema to find out that there is
// nothing to do. Here the version is one row, repeated in the registry, and a fleet that is up to
// date is known by reading one table.
//
// Everything here runs as the owner role; the program's own role can neither create nor alter.
package pgmigrate
