package profiles

import (
	"context"
	"slices"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// known is what the pages are drawn from.
type known struct {
	*settings.Settings
	book      profile.Book
	payments  []payment.Mode
	carriages []shipping.Stored
	customers map[profile.Code]int
}

// load reads it, the anonymous profile first in the book whether the merchant has saved it or not.
func (d *Desk) load(ctx context.Context, shop *tenant.Shop) (*known, error) {
	k := &known{}
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if k.Settings, err = settings.Load(tx); err != nil {
			return err
		}
		if k.payments, err = d.modes.List(tx); err != nil {
			return err
		}
		if k.carriages, err = shipping.ListModes(tx); err != nil {
			return err
		}
		k.customers, err = customer.CountByProfile(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	k.book = whole(profile.Book(k.Profiles))
	return k, nil
}

// rev is the revision of the document that is shown.
func (k *known) rev() int { return k.Rev(settings.NameProfiles) }

// find is the stored profile of a code.
func (k *known) find(code profile.Code) (profile.Profile, bool) {
	if i := at(k.book, code); i >= 0 {
		return k.book.Profiles[i], true
	}
	return profile.Profile{}, false
}

// whole is a book of its own, which may be altered, with the anonymous profile in front.
func whole(b profile.Book) profile.Book {
	list := make([]profile.Profile, 0, len(b.Profiles)+1)
	list = append(list, *b.Find(profile.Anonymous))
	for _, p := range b.Profiles {
		if p.Kind != profile.KindAnonymous {
			list = append(list, p)
		}
	}
	b.Profiles = list
	return b
}

// at is the place of a profile in a book, -1 for one that is not there.
func at(b profile.Book, code profile.Code) int {
	return slices.IndexFunc(b.Profiles, func(p profile.Profile) bool { return p.Code == code })
}

// keep saves the book as change makes it of the one that is stored. rev is the revision that was shown.
// Errors: what change says; refused fields of the book; settings.ErrStale.
func keep(ctx context.Context, v *desk.Visit, rev int, change func(tenant.Tx, *profile.Book) error) error {
	return v.Shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		if s.Rev(settings.NameProfiles) != rev {
			return settings.ErrStale
		}
		book := whole(profile.Book(s.Profiles))
		if err := change(tx, &book); err != nil {
			return err
		}
		return settings.SaveIn(tx, v.Actor(), settings.Profiles(book), rev)
	})
}
