package account

import (
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
)

// What the journal calls changes of a team. The words are stored.
const (
	teamInvited = "team.invited"
	teamRole    = "team.role"
	teamLeft    = "team.left"
)

// journal writes what became of a membership, in the transaction that changed it. The subject is the
// address, which says who it was after the account is gone.
func journal(tx pg.Tx, by audit.Actor, action string, p Membership, was, is authz.Role) error {
	row, err := byID(tx, p.Member)
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.Deed{
		Actor: by, Action: action, Shop: p.Shop.String(), Subject: row.Email, Before: held(was), After: held(is),
	})
}

// held is a role as a document; nothing for none.
func held(r authz.Role) any {
	if r == "" {
		return nil
	}
	return map[string]authz.Role{"role": r}
}
