package wanted

import (
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/i18n"
)

type requestRow struct {
	ID                                          ID
	ShopID                                      string
	ShopName                                    string
	AskedBy                                     string
	Locale                                      i18n.Locale
	Bank, Protocol, Docs, Volume, Contact, Note string
	State                                       State
	Answer                                      string
	Rev                                         int
	CreatedAt                                   time.Time
	UpdatedAt                                   time.Time
}

func (r requestRow) request() Request {
	return Request{ID: r.ID, Shop: r.ShopID, ShopName: r.ShopName, AskedBy: r.AskedBy, Locale: r.Locale,
		Draft: Draft{r.Bank, r.Protocol, r.Docs, r.Volume, r.Contact, r.Note}, State: r.State, Answer: r.Answer, Rev: r.Rev,
		Created: r.CreatedAt.UTC(), Updated: r.UpdatedAt.UTC()}
}

func find(tx pg.Tx, where string, args ...any) ([]Request, error) {
	var rows []requestRow
	err := tx.DB().Raw(`select w.id, w.shop_id::text as shop_id, coalesce(nullif(s.name, ''), s.slug, '') as shop_name, w.asked_by, w.locale,
			w.bank, w.protocol, w.docs, w.volume, w.contact, w.note, w.state, w.answer, w.rev, w.created_at, w.updated_at
		from wanted_banks w join shops s on s.id = w.shop_id where `+where, args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read wanted banks: %w", err)
	}
	list := make([]Request, len(rows))
	for i, r := range rows {
		list[i] = r.request()
	}
	return list, nil
}

func one(tx pg.Tx, which ID) (Request, error) {
	found, err := find(tx, "w.id = ?", which)
	if err != nil {
		return Request{}, err
	}
	if len(found) == 0 {
		return Request{}, ErrUnknown
	}
	return found[0], nil
}
