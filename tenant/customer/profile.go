package customer

import (
	"context"
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/profile"
)

// Refusals.
var (
	// ErrProfile refuses a profile that is not one of the shop's, or not one a customer may take.
	ErrProfile = fault.New(fault.Malformed, "customer.profile_unknown")
	// ErrCode refuses a shared code that opens nothing.
	ErrCode = fault.New(fault.Malformed, "customer.code_unknown")
)

// MinCode is the shortest a shared code may be, in characters: it is guessed by strangers.
const MinCode = 6

// Declare notes the public profile a customer says he has, or that he has none. A private one given by the
// merchant stays: it is not his to give up. Errors: ErrUnknown, ErrProfile.
func (a *Accounts) Declare(ctx context.Context, shop *tenant.Shop, book *profile.Book, who ID, code profile.Code) error {
	if _, ok := book.FindPublic(code); !ok && code != profile.Anonymous {
		return ErrProfile
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		r, err := read(tx, "id = ? for update", who)
		if err != nil {
			return err
		}
		if book.Find(profile.Code(r.Profile)).Kind == profile.KindPrivate || r.Profile == string(code) {
			return nil
		}
		r.Profile = string(code)
		return update(tx, r)
	})
}

// OpenProfile is the private profile a shared code opens (PROF-10). Every code is compared, so that the time
// it takes tells nothing; the caller limits how often a client may try. Errors: ErrCode on "code".
func (a *Accounts) OpenProfile(ctx context.Context, book *profile.Book, code string) (*profile.Profile, error) {
	var opened *profile.Profile
	code = strings.TrimSpace(code)
	if len(code) > maxPassword {
		return nil, ErrCode.On("code")
	}
	for _, p := range book.WithCode() {
		ok, err := a.hasher.Matches(ctx, code, p.CodeHash)
		if err != nil {
			return nil, fmt.Errorf("compare shared code: %w", err)
		}
		if ok && code != "" {
			opened = p
		}
	}
	if opened == nil {
		return nil, ErrCode.On("code")
	}
	return opened, nil
}

// HashCode seals a shared code for a profile. Errors: refused field "code".
func (a *Accounts) HashCode(ctx context.Context, code string) (string, error) {
	var c form.Checker
	code = c.Line("code", code, maxName)
	c.MinLen("code", code, MinCode)
	if err := c.Err(); err != nil {
		return "", err
	}
	return a.hasher.Hash(ctx, code)
}

// Assign gives a customer a profile, on behalf of the office; anonymous takes it away. Errors: ErrUnknown.
func (a *Accounts) Assign(ctx context.Context, shop *tenant.Shop, by tenant.Actor, who ID, code profile.Code) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { return AssignIn(tx, by, who, code) })
}

// AssignIn is Assign inside a unit of work, for those who set up a shop.
func AssignIn(tx tenant.Tx, by tenant.Actor, who ID, code profile.Code) error {
	return alter(tx, by, who, "customer.profile_set", func(_ tenant.Tx, r *row) error {
		r.Profile = string(code)
		return nil
	})
}

// CountByProfile counts the accounts of each profile.
func CountByProfile(tx tenant.Tx) (map[profile.Code]int, error) {
	var rows []struct {
		Profile profile.Code
		N       int
	}
	if err := tx.DB().Raw("select profile, count(*) as n from customers group by profile").Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("count customers by profile: %w", err)
	}
	counts := make(map[profile.Code]int, len(rows))
	for _, r := range rows {
		counts[r.Profile] = r.N
	}
	return counts, nil
}

// Release takes a profile that is being removed away from everybody who has it and tells how many accounts
// that were: they are anonymous from now on, also should another profile get the same code one day.
func Release(tx tenant.Tx, code profile.Code) (int, error) {
	done := tx.DB().Exec("update customers set profile = ?, updated_at = ? where profile = ?", Anonymous, tx.Now(), string(code))
	if done.Error != nil {
		return 0, fmt.Errorf("release profile %s: %w", code, done.Error)
	}
	return int(done.RowsAffected), Shut(tx, code)
}

// Shut ends the sessions of guests that a profile's shared code opened: that code is no more.
func Shut(tx tenant.Tx, code profile.Code) error {
	err := tx.DB().Exec("delete from sessions where customer_id is null and data -> 'values' ->> ? = ?", SessionProfile, string(code)).Error
	if err != nil {
		return fmt.Errorf("end sessions of profile %s: %w", code, err)
	}
	return nil
}
