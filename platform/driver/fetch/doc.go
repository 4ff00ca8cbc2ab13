// Package fetch gets files from addresses that people typed or that came in a file, and lets them
// reach nothing but the public web.
//
// The number that is about to be dialled is checked, not the name: a name that answers differently
// the second time gains nothing, and a redirect is checked like the first address. Size, time and
// redirects are bounded; no proxy of the environment is used and no connection is kept.
//
// What the file is, and what to do with it, is the caller's.
package fetch
