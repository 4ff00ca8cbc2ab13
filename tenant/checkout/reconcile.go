package checkout

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// Reconcile is the daily job that looks which shops have payments to ask their banks about (PAY-05).
type Reconcile struct{}

// Kind is stored with the job.
func (Reconcile) Kind() string { return "checkout.reconcile" }

// Policy gives a large fleet its time.
func (Reconcile) Policy() jobs.Policy {
	return jobs.Policy{Queue: jobs.SlowQueue, Timeout: time.Hour, Attempts: 3}
}

// ReconcileShop is the job that asks the banks of one shop.
type ReconcileShop struct {
	Shop tenant.ID `json:"shop"`
}

// Kind is stored with the job.
func (ReconcileShop) Kind() string { return "checkout.reconcile_shop" }

// Policy leaves a bank that is away an hour before it is asked again.
func (ReconcileShop) Policy() jobs.Policy {
	return jobs.Policy{Queue: jobs.SlowQueue, Timeout: 30 * time.Minute, Attempts: 3, FirstRetry: time.Hour, MaxRetry: 4 * time.Hour}
}

const (
	// maxAsked is how many payments one run asks about.
	maxAsked = 200
	// patienceAsked is how long one answer may take.
	patienceAsked = 20 * time.Second
	// maxAway is how often a contract may fail to answer before the run lets it be.
	maxAway = 3
	// maxTold is how many findings a report names.
	maxTold = 50
)

// reconcileAll writes a job for each shop that has something to ask. A shop that cannot be opened is no reason to leave out
// the others.
func (d *Desk) reconcileAll(ctx context.Context, shops Shops) error {
	var failed error
	err := shops.Each(ctx, func(ctx context.Context, shop *tenant.Shop) error {
		var stale []payment.Payment
		err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
			stale, err = d.stale(tx, 1)
			return err
		})
		if err == nil && len(stale) > 0 {
			err = shop.Write(ctx, func(tx tenant.Tx) error {
				return jobs.Enqueue(tx, ReconcileShop{shop.ID()}, jobs.Unique(shop.ID().String()))
			})
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("shop %s: %w", shop.Slug(), err))
		}
		return ctx.Err()
	})
	return errors.Join(err, failed)
}

func (d *Desk) stale(tx tenant.Tx, limit int) ([]payment.Payment, error) {
	g := d.Modes.Gateways()
	return payment.ListStale(tx, g.Asked(), g.Told(), limit)
}

// Checked is what one run of the daily check came to. It is kept in the shop's journal.
type Checked struct {
	At    time.Time `json:"-"`
	Asked int       `json:"asked"`
	Found int       `json:"found"` // payments of which something had not been heard
	Away  int       `json:"away"`  // questions no bank answered; they are asked again
	Told  []Finding `json:"told,omitempty"`
}

// Finding is a payment of which something had not been heard.
type Finding struct {
	Order  order.ID      `json:"order"`
	Number string        `json:"number"`
	State  payment.State `json:"state"` // as it is now
}

// Where the journal keeps it.
const (
	checkedAction  = "payments.checked"
	checkedSubject = "payments"
)

// Reconcile asks the banks about payments of which nothing was heard for a while, as many as one run may, and records what they
// say (PAY-05). What has gone well stays when a bank is away; the error then has the job try again. Attempts that
// nobody knows of are left to the job that watches their order.
func (d *Desk) Reconcile(ctx context.Context, shop *tenant.Shop) (Checked, error) {
	var stale []payment.Payment
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		stale, err = d.stale(tx, maxAsked)
		return err
	})
	if err != nil || len(stale) == 0 {
		return Checked{}, err
	}
	var done Checked
	var failed error
	away := map[payment.ModeID]int{}
	for _, p := range stale {
		if away[p.Mode] >= maxAway || ctx.Err() != nil {
			done.Away++
			continue
		}
		done.Asked++
		found, err := d.inquireAgain(ctx, shop, p)
		if err != nil {
			done.Away++
			away[p.Mode]++
			failed = errors.Join(failed, fmt.Errorf("ask about payment %s: %w", p.Ref, err))
			continue
		}
		if found != nil {
			done.Found++
			if len(done.Told) < maxTold {
				done.Told = append(done.Told, *found)
			}
		}
	}
	err = shop.Write(context.WithoutCancel(ctx), func(tx tenant.Tx) error {
		return tx.Record(tenant.ByProgram, checkedAction, checkedSubject, nil, done)
	})
	return done, errors.Join(err, failed)
}

// inquireAgain asks about one payment and records the answer; nil when it was no news.
func (d *Desk) inquireAgain(ctx context.Context, shop *tenant.Shop, p payment.Payment) (*Finding, error) {
	gateway, account, err := d.account(ctx, shop, p.Mode)
	if err != nil && !errors.Is(err, payment.ErrGone) && !errors.Is(err, payment.ErrMode) {
		return nil, err
	}
	var found *Finding
	if g, ok := gateway.(payment.Inquirer); ok && err == nil {
		asked, cancel := context.WithTimeout(ctx, patienceAsked)
		n, err := g.Inquire(asked, account, p)
		cancel()
		switch {
		case errors.Is(err, payment.ErrNotKnown), errors.Is(err, payment.ErrOffice):
		case err != nil:
			return nil, err
		default:
			out, o, err := d.recorded(ctx, shop, account, payment.SourceInquiry, n)
			if err != nil {
				return nil, err
			}
			if o != nil && !out.Repeat && !out.After.Open() && (out.Moved() || out.Money() || out.Flag != payment.FlagNone) {
				found = &Finding{o.ID, o.Number, out.After}
			}
		}
	}
	return found, shop.Write(ctx, func(tx tenant.Tx) error { return payment.Looked(tx, p.ID) })
}

// Checks reads the runs of the daily check since then that asked something, the newest first.
func Checks(tx tenant.Tx, since time.Time) ([]Checked, error) {
	var rows []struct {
		At    time.Time
		After string
	}
	err := tx.DB().Raw(`select at, after::text as after from audit where subject = ? and action = ? and at > ? order by at desc, id desc`,
		checkedSubject, checkedAction, since).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read checks of payments: %w", err)
	}
	list := make([]Checked, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal([]byte(r.After), &list[i]); err != nil {
			return nil, fmt.Errorf("read checks of payments: %w", err)
		}
		list[i].At = r.At.UTC()
	}
	return list, nil
}
