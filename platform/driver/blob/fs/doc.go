// Package fs keeps a blob.Bucket in a folder, for the demo and for a single
// server.
//
// # Layout
//
// The object "a/b.jpg" is the file "a/b.jpg~". The mark lets "a" and "a/b" both be
// objects, and keeps objects apart from files that are not ours. What is known of
// an object stands behind its bytes in the same file (see trailer), because two
// files could not be replaced in one step; picture viewers ignore it. New objects
// are written under "~new" and renamed into place.
//
// The folder is reached through os.Root, so that neither a key nor a symbolic
// link leads out of it.
//
// # Limits
//
// An object survives the end of the process, but is not forced to disk: a power
// cut may take the last seconds. List reads the whole folder below the prefix;
// that is fit for thousands of objects, not for millions.
package fs
