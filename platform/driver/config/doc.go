// Package config reads the environment into one typed value and says, in words,
// everything that is wrong with it.
//
// # Invariants
//
//   - Load never stops at the first mistake: an operator learns of all of them at
//     once, each with the name of the variable and what to do.
//   - Serve refuses what is missing or insecure; Demo provides everything itself
//     and only refuses what is ill-formed.
//   - No message quotes a secret or an address that may hold one.
//   - Every variable is described in its struct tag; Table prints them all for
//     the README.
//
// # What it does not know
//
// It opens nothing but the files that hold secrets: whether the database answers is found out by whoever connects
// and by "echoppe doctor".
package config
