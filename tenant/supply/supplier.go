package supply

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// SupplierID names a supplier.
type SupplierID = id.Of[Supplier]

// Supplier is somebody the shop buys from.
type Supplier struct {
	ID     SupplierID
	Name   string
	Active bool // offered when articles are given a supplier
	Rev    int
	Detail
}

// Detail is what nobody looks for.
type Detail struct {
	Contact string          `json:"contact,omitempty"`
	Email   string          `json:"email,omitempty"`
	Phone   string          `json:"phone,omitempty"`
	Account string          `json:"account,omitempty"` // the shop's customer number there
	Days    int             `json:"days,omitempty"`    // from order to delivery, usually
	Note    string          `json:"note,omitempty"`
	Address address.Address `json:"address,omitzero"`
}

// Refusals about suppliers.
var (
	ErrSupplier = fault.New(fault.NotFound, "supply.supplier_unknown")
	// ErrStale: somebody else saved it since it was read.
	ErrStale = fault.New(fault.Conflict, "supply.stale")
)

const (
	maxName = 120
	maxNote = 2000
	maxDays = 365
)

// check cleans a supplier. Refused fields: "name", "contact", "email", "phone", "account", "days",
// "note", "address.…" for one that was begun.
func (s *Supplier) check() error {
	var c form.Checker
	s.Name = c.Line("name", s.Name, maxName)
	c.Required("name", s.Name)
	s.Contact = c.Line("contact", s.Contact, maxName)
	s.Email = c.Line("email", s.Email, form.MaxEmail)
	c.Email("email", s.Email)
	s.Phone = c.Line("phone", s.Phone, maxName)
	c.Phone("phone", s.Phone)
	s.Account = c.Line("account", s.Account, maxName)
	s.Note = c.Block("note", s.Note, maxNote)
	if s.Days < 0 || s.Days > maxDays {
		c.Refuse("days", form.KeyTooLarge, fault.Args{"max": maxDays})
	}
	s.Address = s.Address.Clean()
	if a := s.Address; a.Line1+a.Postcode+a.City != "" {
		if a.Name == "" {
			a.Name = s.Name
		}
		s.Address = a
		if err := address.Check(a); err != nil {
			_ = c.Add("address.", err) // always about fields
		}
	} else {
		s.Address = address.Address{}
	}
	return c.Err()
}

// SaveSupplier stores a supplier, new (zero ID) or edited. Errors: refused fields; ErrSupplier; ErrStale.
func SaveSupplier(ctx context.Context, shop *tenant.Shop, who tenant.Actor, s *Supplier) error {
	if err := s.check(); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		var before any
		saved := *s
		if saved.ID.IsZero() {
			saved.ID = id.New[Supplier]()
		} else {
			have, err := FindSupplier(tx, saved.ID)
			if err != nil {
				return err
			}
			if have.Rev != saved.Rev {
				return ErrStale
			}
			before = have
		}
		saved.Rev++
		doc, err := json.Marshal(saved.Detail)
		if err != nil {
			return fmt.Errorf("write supplier: %w", err)
		}
		err = tx.DB().Exec(`insert into suppliers (id, name, doc, active, rev, created_at, updated_at) values (?, ?, ?::jsonb, ?, ?, ?, ?)
			on conflict (id) do update set name = excluded.name, doc = excluded.doc, active = excluded.active,
				rev = excluded.rev, updated_at = excluded.updated_at`,
			saved.ID, saved.Name, string(doc), saved.Active, saved.Rev, tx.Now(), tx.Now()).Error
		if err != nil {
			return fmt.Errorf("write supplier: %w", err)
		}
		*s = saved
		return tx.Record(who, "supplier.saved", "supplier/"+saved.ID.String(), before, saved)
	})
}

type supplierRow struct {
	ID        SupplierID
	Name      string
	Doc       []byte
	Active    bool
	Rev       int
	UpdatedAt time.Time
}

func suppliers(tx tenant.Tx, rest string, args ...any) ([]Supplier, error) {
	var rows []supplierRow
	if err := tx.DB().Raw("select id, name, doc, active, rev from suppliers "+rest, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read suppliers: %w", err)
	}
	list := make([]Supplier, len(rows))
	for i, r := range rows {
		list[i] = Supplier{ID: r.ID, Name: r.Name, Active: r.Active, Rev: r.Rev}
		if err := json.Unmarshal(r.Doc, &list[i].Detail); err != nil {
			return nil, fmt.Errorf("read supplier %s: %w", r.Name, err)
		}
	}
	return list, nil
}

// ListSuppliers lists all suppliers by name, those that are active first.
func ListSuppliers(tx tenant.Tx) ([]Supplier, error) {
	return suppliers(tx, "order by active desc, ext.fold(name), id")
}

// FindSupplier reads a supplier. Errors: ErrSupplier.
func FindSupplier(tx tenant.Tx, s SupplierID) (*Supplier, error) {
	list, err := suppliers(tx, "where id = ?", s)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, ErrSupplier
	}
	return &list[0], nil
}
