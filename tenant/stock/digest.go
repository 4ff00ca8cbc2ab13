package stock

import (
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// Digest is the job that writes the merchant what has run low or out since the last such letter (STK-05).
// It is asked for when something falls to an indicator, once for all that do before the next morning;
// package supply does it.
type Digest struct {
	Shop tenant.ID `json:"shop"`
}

// Kind is stored with the job.
func (Digest) Kind() string { return "stock.digest" }

// digestHour is when the letter goes, where the shop is: before the day's orders to suppliers.
const digestHour = 7

func askDigest(tx tenant.Tx) error {
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	now := tx.Now().In(s.Rules().Zone)
	at := time.Date(now.Year(), now.Month(), now.Day(), digestHour, 0, 0, 0, now.Location())
	if !at.After(now) {
		at = time.Date(now.Year(), now.Month(), now.Day()+1, digestHour, 0, 0, 0, now.Location())
	}
	return jobs.Enqueue(tx, Digest{Shop: tx.Shop().ID()}, jobs.At(at), jobs.Unique("digest"))
}
