// Package bench measures the program beside what the same work costs at its barest, in one run on
// one machine: a page from memory beside a handler that writes the same bytes and beside nginx, a
// sale beside hand-written SQL that writes the same rows. What has no such twin (a cold page, a
// sign-up, an import, what an empty shop costs) is measured alone.
//
// # How it measures
//
//   - Twins take turns in short slices, A B A B, and the medians are compared: whatever else the
//     machine does hits both.
//   - One load generator serves all contestants, and is lean enough that mostly the server is seen.
//     It shares the machine with them; on two cores that lowers all figures and flatters no ratio
//     much, since what both sides pay moves a ratio towards one by its share only.
//   - The program is the whole program (package wire): router, surfaces, logs written to a file as
//     in production, a local Postgres that waits for its disk. No part is taken out to look fast.
//   - A bare handler has no time-outs, a hand-written transaction has one round trip. The twins are
//     at their best, so that a ratio is never better than it looks.
//   - Queries are counted on the wire to Postgres (tap), where no layer can hide one.
//
// A figure without its machine says nothing, so a Report begins with the machine and how busy it
// was. Nothing here asserts: a goal that is missed is printed as missed.
//
// # What it does not know
//
// Who reads the report. Where the rows of a sale are written by hand (byhand.go) it knows the
// shop's tables, which nothing else outside tenant does; a test keeps it from drifting.
//
// # What the next slice must know
//
// A measurement is one file with one function and one line in the list in bench.go. Stages that
// several of them need (a stocked shop, a fleet) are made by rig on first use and shared.
package bench
