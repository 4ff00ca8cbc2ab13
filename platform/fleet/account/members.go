package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
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
	var rows []struct{ Role authz.Role }
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw("select role from memberships where account_id = ? and shop_id = ?", account, shop).Scan(&rows).Error
	})
	if err != nil {
		return "", fmt.Errorf("find role: %w", err)
	}
	if len(rows) == 0 {
		return "", ErrUnknown
	}
	return rows[0].Role, nil
}

// Workplaces lists the shops an account works in, by name; closed ones are left out.
func (a *Accounts) Workplaces(ctx context.Context, account ID) ([]Workplace, error) {
	var list []Workplace
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw(`
			select s.id as shop, s.slug, s.name, m.role from memberships m join shops s on s.id = m.shop_id
			where m.account_id = ? and s.state <> 'closed' order by lower(s.name), s.slug`, account).Scan(&list).Error
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
		if err := Join(tx, invited.ID, in.Shop, in.Role); err != nil {
			return err
		}
		return a.post(tx, Letter{Purpose: Verify, Account: invited.ID, Shop: in.Shop})
	})
	return invited, err
}

// SetRole changes a member's role. Errors: ErrUnknown, ErrRole, ErrLastOwner.
func (a *Accounts) SetRole(ctx context.Context, account ID, shop registry.ID, role authz.Role) error {
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		if err := otherOwner(tx, account, shop, role); err != nil {
			return err
		}
		return Join(tx, account, shop, role)
	})
}

// Leave takes a member out of a shop. Errors: ErrUnknown, ErrLastOwner.
func (a *Accounts) Leave(ctx context.Context, account ID, shop registry.ID) error {
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		if err := otherOwner(tx, account, shop, ""); err != nil {
			return err
		}
		return tx.DB().Exec("delete from memberships where account_id = ? and shop_id = ?", account, shop).Error
	})
}

// otherOwner locks the shop's memberships and refuses to take the last owner's role away.
func otherOwner(tx pg.Tx, account ID, shop registry.ID, next authz.Role) error {
	var rows []struct {
		AccountID ID
		Role      authz.Role
	}
	err := tx.DB().Raw("select account_id, role from memberships where shop_id = ? order by account_id for update", shop).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("lock members: %w", err)
	}
	others, found := 0, false
	for _, r := range rows {
		found = found || r.AccountID == account
		if r.AccountID != account && r.Role == authz.Owner {
			others++
		}
	}
	switch {
	case !found:
		return ErrUnknown
	case others == 0 && next != authz.Owner:
		return ErrLastOwner
	}
	return nil
}
