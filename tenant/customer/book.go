package customer

import (
	"context"
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// Book reads a customer's addresses, those proposed first at the head.
func Book(tx tenant.Tx, who ID) ([]Entry, error) {
	var rows []struct {
		ID              AddressID
		Address         []byte
		DefaultBilling  bool
		DefaultDelivery bool
	}
	err := tx.DB().Raw(`select id, address, default_billing, default_delivery from addresses
		where customer_id = ? order by default_delivery desc, default_billing desc, created_at, id`, who).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read address book: %w", err)
	}
	book := make([]Entry, len(rows))
	for i, r := range rows {
		book[i] = Entry{ID: r.ID, Billing: r.DefaultBilling, Delivery: r.DefaultDelivery}
		if err := json.Unmarshal(r.Address, &book[i].Address); err != nil {
			return nil, fmt.Errorf("read address %s: %w", r.ID, err)
		}
	}
	return book, nil
}

// SaveAddress adds an entry to the customer's book, or changes the one with its id.
// Errors: refused fields of the address; ErrAddress for an id that is not in his book; ErrFull.
func (a *Accounts) SaveAddress(ctx context.Context, shop *tenant.Shop, who ID, e Entry) (Entry, error) {
	e.Address = e.Address.Clean()
	if err := address.Check(e.Address); err != nil {
		return Entry{}, err
	}
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if err := lock(tx, who); err != nil {
			return err
		}
		e, err = keep(tx, who, e)
		return err
	})
	return e, err
}

// Remember puts the addresses of an order into the customer's book, unless they are there
// (ACC-01). It is part of the caller's unit of work.
func Remember(tx tenant.Tx, who ID, delivery, billing address.Address) error {
	if err := lock(tx, who); err != nil {
		return err
	}
	book, err := Book(tx, who)
	if err != nil {
		return err
	}
	for _, one := range []Entry{{Address: delivery, Delivery: true}, {Address: billing, Billing: true}} {
		if one.Address.IsZero() || len(book) >= maxAddresses || holds(book, one.Address) {
			continue
		}
		one.Delivery = one.Delivery && len(book) == 0
		one.Billing = one.Billing && len(book) == 0
		if one, err = keep(tx, who, one); err != nil {
			return err
		}
		book = append(book, one)
	}
	return nil
}

func holds(book []Entry, a address.Address) bool {
	for _, e := range book {
		if e.Address.Clean() == a.Clean() {
			return true
		}
	}
	return false
}

// lock keeps two changes of one book apart. Errors: ErrUnknown.
func lock(tx tenant.Tx, who ID) error {
	_, err := read(tx, "id = ? for update", who)
	return err
}

// keep writes an entry; the caller holds the lock.
func keep(tx tenant.Tx, who ID, e Entry) (Entry, error) {
	book, err := Book(tx, who)
	if err != nil {
		return e, err
	}
	if e.ID.IsZero() {
		if len(book) >= maxAddresses {
			return e, ErrFull.With(fault.Args{"max": maxAddresses})
		}
		e.ID = id.New[Entry]()
	}
	if len(book) == 0 || len(book) == 1 && book[0].ID == e.ID {
		e.Billing, e.Delivery = true, true
	}
	if err := yield(tx, who, e); err != nil {
		return e, err
	}
	doc, err := json.Marshal(e.Address)
	if err != nil {
		return e, fmt.Errorf("write address: %w", err)
	}
	done := tx.DB().Exec(`insert into addresses (id, customer_id, address, default_billing, default_delivery, created_at)
		values (?, ?, ?::jsonb, ?, ?, ?)
		on conflict (id) do update set address = excluded.address,
			default_billing = excluded.default_billing or addresses.default_billing,
			default_delivery = excluded.default_delivery or addresses.default_delivery
		where addresses.customer_id = excluded.customer_id`,
		e.ID, who, string(doc), e.Billing, e.Delivery, tx.Now())
	if done.Error != nil {
		return e, fmt.Errorf("write address: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return e, ErrAddress
	}
	return e, nil
}

// yield takes the marks that the new entry claims off the others.
func yield(tx tenant.Tx, who ID, e Entry) error {
	err := tx.DB().Exec(`update addresses set default_billing = default_billing and not ?,
			default_delivery = default_delivery and not ? where customer_id = ? and id <> ?`,
		e.Billing, e.Delivery, who, e.ID).Error
	if err != nil {
		return fmt.Errorf("move default address: %w", err)
	}
	return nil
}

// RemoveAddress takes an entry out; its marks go to the oldest that is left. Errors: ErrAddress.
func (a *Accounts) RemoveAddress(ctx context.Context, shop *tenant.Shop, who ID, entry AddressID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := lock(tx, who); err != nil {
			return err
		}
		done := tx.DB().Exec("delete from addresses where id = ? and customer_id = ?", entry, who)
		if done.Error != nil {
			return fmt.Errorf("remove address: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return ErrAddress
		}
		for _, mark := range []string{"default_billing", "default_delivery"} {
			err := tx.DB().Exec(`update addresses set `+mark+` = true where id = (
					select id from addresses where customer_id = ? order by created_at, id limit 1)
				and not exists (select from addresses where customer_id = ? and `+mark+`)`, who, who).Error
			if err != nil {
				return fmt.Errorf("move default address: %w", err)
			}
		}
		return nil
	})
}
