package signals

import (
	"context"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/secret"
)

// Keep is how long a report is found.
const Keep = 90 * 24 * time.Hour

// Sign is one thing an order can be known by.
type Sign struct{ Kind, Value string }

// Network is the kind of a sign that is many people.
const Network = "network"

// What says why an order was reported. The words are stored.
type What string

// The reasons.
const (
	Fraud   What = "fraud"   // somebody in the shop said so
	Dispute What = "dispute" // the buyer's bank took the money back
)

// Signals are the reports of the fleet. Safe for concurrent use.
type Signals struct {
	pool *pg.Pool
	keys *secret.Ring
}

// New reads and writes through pool, with prints of keys.
func New(pool *pg.Pool, keys *secret.Ring) *Signals { return &Signals{pool, keys} }

// The purposes of prints. A report's order is told from that of another shop by its shop.
const (
	ofSign   = "fraud sign "
	ofShop   = "fraud shop"
	ofSource = "fraud order"
)

// Report says that an order of a shop was fraud: what it can be known by. Said again it is renewed.
func (s *Signals) Report(ctx context.Context, shop, order string, what What, signs []Sign) error {
	return s.write(ctx, "report", func(tx pg.Tx) error {
		for _, sign := range signs {
			_, err := tx.Raw().Exec(ctx, `insert into fraud_signals (print, kind, shop, source, what, at) values ($1, $2, $3, $4, $5, $6)
				on conflict (print, shop, source) do update set what = excluded.what, at = excluded.at`,
				s.keys.Print(ofSign+sign.Kind, sign.Value), sign.Kind, s.keys.Print(ofShop, shop), s.keys.Print(ofSource, shop+order), string(what), tx.Now())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Retract takes a report back.
func (s *Signals) Retract(ctx context.Context, shop, order string) error {
	return s.write(ctx, "retract", func(tx pg.Tx) error {
		_, err := tx.Raw().Exec(ctx, "delete from fraud_signals where shop = any($1) and source = any($2)", s.keys.Prints(ofShop, shop), s.keys.Prints(ofSource, shop+order))
		return err
	})
}

// Forget takes back all reports of a shop.
func (s *Signals) Forget(ctx context.Context, shop string) error {
	return s.write(ctx, "forget", func(tx pg.Tx) error {
		_, err := tx.Raw().Exec(ctx, "delete from fraud_signals where shop = any($1)", s.keys.Prints(ofShop, shop))
		return err
	})
}

// Sweep deletes what is older than Keep.
func (s *Signals) Sweep(ctx context.Context) error {
	return s.write(ctx, "sweep", func(tx pg.Tx) error {
		_, err := tx.Raw().Exec(ctx, "delete from fraud_signals where at < $1", tx.Now().Add(-Keep))
		return err
	})
}

func (s *Signals) write(ctx context.Context, what string, do func(pg.Tx) error) error {
	if err := s.pool.In(ctx, pg.Platform, pg.Write, do); err != nil {
		return fmt.Errorf("%s signals: %w", what, err)
	}
	return nil
}

// crowd is in how many shops a network alone must have been reported to count.
const crowd = 3

// Seen is in how many other shops something of an order was reported.
func (s *Signals) Seen(ctx context.Context, shop string, signs []Sign) (int, error) {
	var prints [][]byte
	for _, sign := range signs {
		prints = append(prints, s.keys.Prints(ofSign+sign.Kind, sign.Value)...)
	}
	if len(prints) == 0 {
		return 0, nil
	}
	var persons, crowds int
	err := s.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.Raw().QueryRow(ctx, `select count(distinct shop) filter (where kind <> $4), count(distinct shop) from fraud_signals
			where print = any($1) and shop <> all($2) and at >= $3`, prints, s.keys.Prints(ofShop, shop), tx.Now().Add(-Keep), Network).Scan(&persons, &crowds)
	})
	if err != nil {
		return 0, fmt.Errorf("look for signals: %w", err)
	}
	if persons == 0 && crowds < crowd {
		return 0, nil
	}
	return max(persons, crowds), nil
}
