package settings

import (
	"context"

	"echoppe.dev/tenant"
)

// Document is one of the documents of Settings, checked before it is stored.
type Document interface {
	name() Name
	// Check returns a fault of kind Invalid that names the fields.
	Check() error
}

// Save checks and stores one document. rev is the revision that was shown to whoever changed it.
//
// Errors: Invalid with fields; ErrStale.
func Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, doc Document, rev int) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { return SaveIn(tx, who, doc, rev) })
}

// SaveIn is Save inside a unit of work, for those who set up a shop.
func SaveIn(tx tenant.Tx, who tenant.Actor, doc Document, rev int) error {
	if err := doc.Check(); err != nil {
		return err
	}
	return save(tx, who, doc.name(), doc, rev)
}

func (Identity) name() Name   { return NameIdentity }
func (Languages) name() Name  { return NameLanguages }
func (Currencies) name() Name { return NameCurrencies }
func (Tax) name() Name        { return NameTax }
func (Stock) name() Name      { return NameStock }
func (Catalogue) name() Name  { return NameCatalogue }
func (Orders) name() Name     { return NameOrders }
func (Mail) name() Name       { return NameMail }
func (Profiles) name() Name   { return NameProfiles }
func (Quoting) name() Name    { return NameQuoting }
func (Fraud) name() Name      { return NameFraud }
func (Terminal) name() Name   { return NameTerminal }
