package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
)

// Member is a person with a role in a shop.
type Member struct {
	Account
	Role  authz.Role
	Since time.Time
}

// Workplace is a shop with the role a person has in it.
type Workplace struct {
	Shop registry.ID
	Slug string
	Name string
	Role authz.Role
}

// Join gives an account a role in a shop, in the caller's transaction. Errors: ErrRole.
func Join(tx pg.Tx, account ID, shop registry.ID, role authz.Role) error {
	if _, ok := authz.ParseRole(authz.KindShop, string(role)); !ok {
		return ErrRole.On("role")
	}
	err := tx.DB().Exec(`insert into memberships (account_id, shop_id, role, created_at) values (?, ?, ?, ?)
		on conflict (account_id, shop_id) do update set role = excluded.role`, account, shop, role, tx.Now()).Error
	if err != nil {
		return fmt.Errorf("join shop: %w", err)
	}
	return nil
}

// Role is the role an account has in a shop. Errors: ErrUnknown when it has none.
func (a *Accounts) Role(ctx context.Context, account ID, shop registry.ID) (authz.Role, error) {
	var role authz.Role
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		role, err = roleIn(tx, account, shop)
		return err
	})
	if err == nil && role == "" {
		err = ErrUnknown
	}
	return role, err
}

// roleIn is the role an account has in a shop, "" when it has none.
func roleIn(tx pg.Tx, account ID, shop registry.ID) (authz.Role, error) {
	var roles []authz.Role
	if err := tx.DB().Raw("select role from memberships where account_id = ? and shop_id = ?", account, shop).Scan(&roles).Error; err != nil {
		return "", fmt.Errorf("find role: %w", err)
	}
	if len(roles) == 0 {
		return "", nil
	}
	return roles[0], nil
}

// Workplaces lists the shops an account works in, by name; closed ones are left out.
func (a *Accounts) Workplaces(ctx context.Context, account ID) ([]Workplace, error) {
	var list []Workplace
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw(`
			select s.id as shop, s.slug, s.name, m.role from memberships m join shops s on s.id = m.shop_id
			where m.account_id = ? and s.state <> 'closed' order by ext.fold(s.name), s.slug`, account).Scan(&list).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list workplaces: %w", err)
	}
	return list, nil
}

// Members lists who works in a shop, longest first.
func (a *Accounts) Members(ctx context.Context, shop registry.ID) ([]Member, error) {
	var rows []struct {
		Person accountRow `gorm:"embedded"`
		Role   authz.Role
		Since  time.Time
	}
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw("select"+columns+`, m.role, m.created_at as since
			from memberships m join accounts a on a.id = m.account_id
			where m.shop_id = ? order by m.created_at, a.id`, shop).Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	list := make([]Member, len(rows))
	for i, r := range rows {
		list[i] = Member{r.Person.account(), r.Role, r.Since.UTC()}
	}
	return list, nil
}

// CountMembers counts who works in a shop, for the quota of staff.
func CountMembers(tx pg.Tx, shop registry.ID) (int, error) {
	var n int
	if err := tx.DB().Raw("select count(*) from memberships where shop_id = ?", shop).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count members: %w", err)
	}
	return n, nil
}

// Invitation brings a person into a shop's team.
type Invitation struct {
	By     audit.Actor
	Shop   registry.ID
	Email  string
	Role   authz.Role
	Locale i18n.Locale
	// Allow is asked with the number of members before the person is added: the plan's quota.
	Allow func(have int) error
}

// Invite adds a person to a shop's team and sends them a link.
// Errors: a refused field "email", ErrRole, those of Allow.
func (a *Accounts) Invite(ctx context.Context, in Invitation) (Account, error) {
	email, err := CleanEmail(in.Email)
	if err != nil {
		return Account{}, err
	}
	var invited Account
	err = a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		row, err := byEmail(tx, email)
		invited = row.account()
		if errors.Is(err, ErrUnknown) {
			invited, err = insert(tx, email, "", in.Locale, "")
		}
		if err != nil {
			return err
		}
		if in.Allow != nil {
			have, err := CountMembers(tx, in.Shop)
			if err == nil {
				err = in.Allow(have)
			}
			if err != nil {
				return err
			}
		}
		was, err := roleIn(tx, invited.ID, in.Shop)
		if err != nil {
			return err
		}
		if err := Join(tx, invited.ID, in.Shop, in.Role); err != nil {
			return err
		}
		if err := journal(tx, in.By, teamInvited, Membership{in.Shop, invited.ID}, was, in.Role); err != nil {
			return err
		}
		return a.post(tx, Letter{Purpose: Verify, Account: invited.ID, Shop: in.Shop})
	})
	return invited, err
}

// Membership is a person's place in a shop's team.
type Membership struct {
	Shop   registry.ID
	Member ID
}

// SetRole changes a member's role. Errors: ErrUnknown, ErrRole, ErrLastOwner.
func (a *Accounts) SetRole(ctx context.Context, by audit.Actor, p Membership, role authz.Role) error {
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		was, err := otherOwner(tx, p, role)
		if err != nil || was == role {
			return err
		}
		if err := Join(tx, p.Member, p.Shop, role); err != nil {
			return err
		}
		return journal(tx, by, teamRole, p, was, role)
	})
}

// Leave takes a member out of a shop. Errors: ErrUnknown, ErrLastOwner.
func (a *Accounts) Leave(ctx context.Context, by audit.Actor, p Membership) error {
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		was, err := otherOwner(tx, p, "")
		if err != nil {
			return err
		}
		if err := tx.DB().Exec("delete from memberships where account_id = ? and shop_id = ?", p.Member, p.Shop).Error; err != nil {
			return fmt.Errorf("leave shop: %w", err)
		}
		return journal(tx, by, teamLeft, p, was, "")
	})
}

// otherOwner locks the shop's memberships and refuses to take the last owner's role away. It returns
// the role the member has.
func otherOwner(tx pg.Tx, p Membership, next authz.Role) (was authz.Role, err error) {
	var rows []struct {
		AccountID ID
		Role      authz.Role
	}
	err = tx.DB().Raw("select account_id, role from memberships where shop_id = ? order by account_id for update", p.Shop).Scan(&rows).Error
	if err != nil {
		return "", fmt.Errorf("lock members: %w", err)
	}
	others := 0
	for _, r := range rows {
		switch {
		case r.AccountID == p.Member:
			was = r.Role
		case r.Role == authz.Owner:
			others++
		}
	}
	switch {
	case was == "":
		return "", ErrUnknown
	case others == 0 && next != authz.Owner:
		return "", ErrLastOwner
	}
	return was, nil
}
