package payment

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
)

// ForgetSaved is the job that has a bank delete a card its customer no longer wants it to keep. The card is gone from the shop
// by then: what the bank calls it is in the job alone, sealed.
type ForgetSaved struct {
	Shop  tenant.ID `json:"shop"`
	Mode  ModeID    `json:"mode"`
	Card  SavedID   `json:"card"`
	Token string    `json:"token"`
	Test  bool      `json:"test"`
}

// Kind is stored with the job.
func (ForgetSaved) Kind() string { return "payment.forget_saved" }

// RemoveSaved deletes a card of a customer, and has its bank told. Errors: ErrNoCard.
func RemoveSaved(tx tenant.Tx, owner OwnerID, card SavedID) error {
	r, err := savedOf(tx, owner, card)
	if err != nil {
		return err
	}
	return removeSaved(tx, r)
}

// EraseSaved deletes all cards of a customer who is about to be erased, and has their banks told.
func EraseSaved(tx tenant.Tx, owner OwnerID) error {
	rows, err := readSaved(tx, owner, "")
	for _, r := range rows {
		if err := removeSaved(tx, r); err != nil {
			return err
		}
	}
	return err
}

func removeSaved(tx tenant.Tx, r savedRow) error {
	if err := tx.DB().Exec(`delete from saved_cards where customer_id = ? and id = ?`, r.CustomerID, r.ID).Error; err != nil {
		return fmt.Errorf("remove saved card %s: %w", r.ID, err)
	}
	return jobs.Enqueue(tx, ForgetSaved{Shop: tx.Shop().ID(), Mode: r.ModeID, Card: r.ID, Token: r.Token, Test: r.Test})
}

// Register makes workers do the jobs about saved cards.
func (m *Modes) Register(reg *jobs.Registry, shops Shops) {
	jobs.Handle(reg, func(ctx context.Context, j ForgetSaved) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of saved card %s: %w", j.Card, err)
		}
		return m.forget(ctx, shop, j)
	})
}

// forget tells the bank. What cannot be done any more, for want of the mode or of its rights, is left to the bank's own office.
func (m *Modes) forget(ctx context.Context, shop *tenant.Shop, j ForgetSaved) error {
	var account Account
	var token Token
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if account, err = m.FindAccount(tx, j.Mode); err != nil {
			return err
		}
		token, err = m.openToken(tx, j.Card, j.Token, j.Test)
		return err
	})
	if errors.Is(err, ErrMode) {
		return nil
	}
	if err != nil {
		return err
	}
	gateway, err := m.gateways.Find(account.Kind)
	if err != nil {
		return nil // a kind this program no longer has
	}
	saver, ok := gateway.(Saver)
	if !ok {
		return nil
	}
	if err := saver.Forget(ctx, account, token); err != nil && !errors.Is(err, ErrOffice) {
		return fmt.Errorf("have the bank forget saved card %s: %w", j.Card, err)
	}
	return nil
}
