// Package pglocal runs a PostgreSQL server that belongs to one folder and one
// parent process: the database behind "echoppe demo" and behind the tests.
//
// It uses the PostgreSQL programs of the machine (14 or newer) and adds none of
// its own. Start prepares the folder when it is empty, gets rid of whatever a
// killed parent left behind, starts the server, creates the two roles and the
// database, and restarts the server if it dies while the parent lives. Stop ends
// it. When the parent is killed the kernel ends the server too (parent-death
// signal), and the next Start waits for that to finish.
//
// The folder:
//
//	echoppe-postgres.json  marker: this folder was made here (layout number)
//	lock                   held (flock) by the living parent
//	data/                  the cluster, owned by the server's user, 0700
//	run/                   the socket, owned by the server's user, 0700
//	postgres.log           what the server says; renamed to .1 when it is big
//
// Invariants:
//   - No TCP. The only door is a socket in a folder that only the server's user
//     (and root) can enter.
//   - The server never runs as root. A root parent runs it as the user "postgres",
//     else as "nobody"; a folder that exists keeps the user it already has.
//   - A folder that was not made here is never written to.
//   - Nothing is removed or signalled unless it is shown to belong to this folder:
//     the cluster name on the command line carries a digest of the folder's path.
//
// Why "trust" and not passwords. Whoever can open the socket is the server's user
// or root. Either can read or replace the data files, so a password would protect
// nothing, would have to lie in a file beside the data, and would cost every new
// connection some milliseconds of hashing. The parent needs no more than this: it
// is either the same user or root. Reaching the socket through a 0711 folder with
// passwords was the alternative; it opens a door to every user of the machine and
// then needs a lock for it.
//
// Why a root parent hands folders over as open descriptors. The server's user is
// often unable to walk to the folder (a clone in /root, which is 0700). Instead of
// loosening permissions of folders that are not ours, the child gets data/ and
// run/ already open and is told their /proc/self/fd names; resolving those walks
// no parent folder.
//
// It does not know schemas, shops or migrations, and does not upgrade a cluster
// between major versions: it picks the programs that fit the folder, or says which
// are missing. Linux only (procfs, flock, parent-death signal).
package pglocal
