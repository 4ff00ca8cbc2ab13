package pglocal

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// account is the operating-system user a server runs as.
type account struct {
	uid, gid uint32
	switched bool // not the user of this process
}

// accountFor chooses the user: this one; for root the owner of the cluster that
// is there already, else "postgres", else "nobody" (which exists everywhere and,
// unlike a number of our own choosing, has the name PostgreSQL insists on).
func accountFor(seen Folder) (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		return account{uid: uint32(uid), gid: uint32(os.Getegid())}, nil
	}
	if seen.Owner > 0 {
		return lookupAccount(strconv.Itoa(seen.Owner), user.LookupId)
	}
	for _, name := range []string{"postgres", "nobody"} {
		if a, err := lookupAccount(name, user.Lookup); err == nil {
			return a, nil
		}
	}
	return account{}, &Problem{
		Kind:   NoAccount,
		What:   "PostgreSQL never runs as root, and this machine has no user postgres or nobody to run it as",
		Remedy: "Run échoppe as an ordinary user",
	}
}

func lookupAccount(key string, lookup func(string) (*user.User, error)) (account, error) {
	u, err := lookup(key)
	if err != nil {
		return account{}, &Problem{
			Kind: NoAccount, Cause: err,
			What:   "the user " + key + ", who owns the database, does not exist on this machine",
			Remedy: "Choose another data folder, or give the folder to an existing user",
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return account{}, err
	}
	return account{uid: uint32(uid), gid: uint32(gid), switched: true}, nil
}

// ownedFolder makes dir (when absent) enterable by the account and nobody else.
func (a account) ownedFolder(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !os.IsExist(err) {
		return err
	}
	// Lstat, not Stat: a link somebody put there in a shared folder is not followed.
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return syscall.ENOTDIR
	}
	owner := info.Sys().(*syscall.Stat_t).Uid
	if owner != a.uid {
		if owner != uint32(os.Geteuid()) {
			return os.ErrPermission
		}
		if err := os.Lchown(dir, int(a.uid), int(a.gid)); err != nil {
			return err
		}
	}
	if info.Mode().Perm() == 0o700 {
		return nil
	}
	return os.Chmod(dir, 0o700)
}
