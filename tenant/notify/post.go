package notify

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// Post takes letters. Safe for concurrent use.
type Post struct{ sealer secret.Sealer }

// NewPost makes a post that seals secret links with s.
func NewPost(s secret.Sealer) *Post { return &Post{s} }

// content is the data column of a letter.
type content struct {
	Words map[string]string `json:"words,omitempty"`
	// Sealed is the secret link; Secret stays true when it is gone.
	Sealed string `json:"sealed,omitempty"`
	Secret bool   `json:"secret,omitempty"`
}

func sealing(shop *tenant.Shop, m MailID) string {
	return secret.Context(shop.ID().String(), "mail", m.String())
}

// mailRow is a letter on its way into the database.
type mailRow struct {
	ID        MailID  `json:"id"`
	OrderID   OrderID `json:"order_id,omitzero"`
	QuoteID   QuoteID `json:"quote_id,omitzero"`
	Kind      Kind    `json:"kind"`
	Recipient string  `json:"recipient"`
	Locale    string  `json:"locale"`
	Data      content `json:"data"`
}

// Put writes letters and the jobs that send them, in one round trip however many there are.
func (p *Post) Put(tx tenant.Tx, letters ...Letter) error { return p.PutWith(tx, letters) }

// PutWith is Put with other jobs of the same moment, in the same round trip.
func (p *Post) PutWith(tx tenant.Tx, letters []Letter, also ...jobs.New) error {
	if len(letters) == 0 {
		return jobs.EnqueueMany(tx, also...)
	}
	rows := make([]mailRow, len(letters))
	sends := make([]jobs.New, len(letters), len(letters)+len(also))
	for i, l := range letters {
		row := mailRow{ID: id.New[Mail](), OrderID: l.Order, QuoteID: l.Quote, Kind: l.Kind, Recipient: l.To, Locale: string(l.Locale),
			Data: content{Words: l.Words}}
		if !l.Link.IsZero() {
			sealed, err := p.sealer.Seal(l.Link.Reveal(), sealing(tx.Shop(), row.ID))
			if err != nil {
				return fmt.Errorf("seal link: %w", err)
			}
			row.Data.Sealed, row.Data.Secret = sealed, true
		}
		rows[i] = row
		sends[i] = jobs.New{Args: SendMail{Shop: tx.Shop().ID(), Mail: row.ID}}
	}
	doc, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("write letters: %w", err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`
		insert into mails (id, order_id, quote_id, kind, recipient, locale, state, data, created_at)
		select id, order_id, quote_id, kind, recipient, locale, 'queued', data, $2
		from jsonb_to_recordset($1::text::jsonb) as l(id uuid, order_id uuid, quote_id uuid, kind text, recipient text, locale text, data jsonb)`,
		string(doc), tx.Now())
	if err := jobs.EnqueueWith(batch, tx, append(sends, also...)...); err != nil {
		return err
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return fmt.Errorf("write letters: %w", err)
	}
	return nil
}

// ListOf lists the letters about an order, the oldest first.
func ListOf(tx tenant.Tx, o OrderID) ([]Mail, error) { return list(tx, "order_id = ?", o) }

// ListOfQuote lists the letters about a quote, the oldest first.
func ListOfQuote(tx tenant.Tx, q QuoteID) ([]Mail, error) { return list(tx, "quote_id = ?", q) }

func list(tx tenant.Tx, where string, of any) ([]Mail, error) {
	var list []Mail
	err := tx.DB().Raw(`select id, order_id as "order", kind, recipient, locale, state, attempts, problem, created_at, sent_at
		from mails where `+where+` order by created_at, id`, of).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read letters: %w", err)
	}
	return list, nil
}

// Resend writes a letter once more, as a new one, so that what became of the first stays known.
// Errors: ErrUnknown; ErrForgotten for a letter with a secret link.
func (p *Post) Resend(ctx context.Context, shop *tenant.Shop, who tenant.Actor, m MailID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		row, err := read(tx, m)
		if err != nil {
			return err
		}
		if row.Content.Secret {
			return ErrForgotten
		}
		err = p.Put(tx, Letter{Kind: row.Kind, To: row.Recipient, Locale: row.Locale, Order: row.OrderID, Quote: row.QuoteID,
			Words: row.Content.Words})
		if err != nil {
			return err
		}
		subject := "order/" + row.OrderID.String()
		if !row.QuoteID.IsZero() {
			subject = "quote/" + row.QuoteID.String()
		}
		return tx.Record(who, "mail.resent", subject, nil, map[string]string{"kind": string(row.Kind)})
	})
}
